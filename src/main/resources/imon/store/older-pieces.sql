-- Older flows between the same ends as a flow that was added may be parts of one connection with it.

CREATE OR REPLACE TEMP TABLE older_piece AS
FROM end_flow f
SEMI JOIN (
  SELECT DISTINCT hash_of_ends(net, protocol, client, client_port, server, server_port) AS ends
  FROM end_flow WHERE added AND client_port IS NOT NULL
) a ON a.ends = hash_of_ends(f.net, f.protocol, f.client, f.client_port, f.server, f.server_port)
WHERE NOT f.added AND f.client_port IS NOT NULL;

CREATE OR REPLACE TEMP VIEW piece_flow AS
FROM end_flow WHERE added
UNION ALL
FROM older_piece;
