DROP FUNCTION hub.redact(uuid, text[], text[]);
DROP FUNCTION hub.only_marks(text, text);
