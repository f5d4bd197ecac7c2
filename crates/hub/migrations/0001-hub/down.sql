DROP TABLE hub.parting, hub.quarantine, hub.refused, hub.folded, hub.numbered, hub.verdict, hub.entry, hub.granted,
  hub.client_head, hub.token, hub.code, hub.device_person, hub.device, hub.person, hub.client, hub.state;
DROP FUNCTION hub.cur_clients(), hub.cur_people();
REVOKE ALL ON hub.version FROM hub_app;
REVOKE ALL ON SCHEMA hub FROM hub_app;
