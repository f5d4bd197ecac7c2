DROP TABLE hub.deed;
DROP TABLE hub.tries;
DROP TABLE hub.pass;
