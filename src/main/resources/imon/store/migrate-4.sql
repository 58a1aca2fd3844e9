-- Schema 4 knew no class for packets that a filter rejected. What codes mean is written anew by every migration.
DELETE FROM fact.unflowed_class;
