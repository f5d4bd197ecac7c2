ALTER TABLE token DROP COLUMN asked_at;
-- The plant's log stays on the PCs, which bring it back to a hub that knows it.
DELETE FROM granted WHERE client_id = zeroblob(16);
DELETE FROM entry WHERE client_id = zeroblob(16);
DELETE FROM verdict WHERE client_id = zeroblob(16);
DELETE FROM numbered WHERE client_id = zeroblob(16);
DELETE FROM folded WHERE client_id = zeroblob(16);
DELETE FROM refused WHERE client_id = zeroblob(16);
DELETE FROM quarantine WHERE client_id = zeroblob(16);
DELETE FROM parting WHERE client_id = zeroblob(16);
DELETE FROM client_head WHERE client_id = zeroblob(16);
DROP TABLE claim;
