-- What the options of captures mean; imon.store.option.KeptOptions fills the tables. An IPv4 address
-- has the words of an IPv4-mapped IPv6 address (RFC 4291, section 2.5.5.2).
CREATE OR REPLACE TEMP TABLE option_timeout (options VARCHAR, tcp BIGINT, other BIGINT);
CREATE OR REPLACE TEMP TABLE option_block (
  options VARCHAR, ipv4 BOOLEAN, high BIGINT, high_mask BIGINT, low BIGINT, low_mask BIGINT);
CREATE OR REPLACE TEMP MACRO in_block(address, six_high, six_low, ipv4, high, high_mask, low, low_mask) AS
  if(address < 4294967296,
    ipv4 AND ((281470681743360 + address) & low_mask) = low,
    NOT ipv4 AND (six_high & high_mask) = high AND (six_low & low_mask) = low);
