//! What each target asks of what it reads.
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Debug;

/// Lines of a message: read as themselves again, or refused.
pub fn lines<T: PartialEq + Debug, E: Debug>(bytes: &[u8], read: fn(&str) -> Result<T, E>, write: fn(&T) -> String) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(message) = read(text) {
        assert_eq!(read(&write(&message)).unwrap(), message);
    }
}

/// A message of one piece: read as itself again, or refused.
pub fn json<T: Serialize + DeserializeOwned + PartialEq + Debug>(bytes: &[u8]) {
    if let Ok(message) = serde_json::from_slice::<T>(bytes) {
        let text = serde_json::to_string(&message).unwrap();
        assert_eq!(serde_json::from_str::<T>(&text).unwrap(), message);
    }
}
