-- Once, as the administrator of PostgreSQL: `sudo -u postgres psql -f postgresql.sql`. The centre makes its own tables.
-- It comes over the local socket as the system's user of the same name (peer), so no password lies anywhere.
CREATE ROLE yekuo LOGIN;
CREATE DATABASE yekuo OWNER yekuo ENCODING 'UTF8' TEMPLATE template0;
-- An acknowledged entry must outlive a power cut: these are the defaults, and have to stay.
ALTER DATABASE yekuo SET synchronous_commit = on;
