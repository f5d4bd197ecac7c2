//! What goes wrong inside; what a person hears is a `Fault`.
use domain::{Code, Fault, Problem};
use rusqlite::ErrorCode;

/// Everything that can stop a read or a write.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A refusal with its reason.
    #[error("{0}")]
    Fault(Box<Fault>),
    /// What is impossible about a row.
    #[error("impossible: {0:?}")]
    Invalid(Vec<Problem>),
    /// A statement that should only read does not.
    #[error("not read-only")]
    NotReadOnly,
    /// A statement says what the walls cannot judge.
    #[error("a statement the walls cannot judge")]
    Unsound,
    /// A value has not the type its column promises.
    #[error("column {0} of {1} does not fit")]
    Misfit(usize, String),
    /// SQLite said no.
    #[error(transparent)]
    Sql(#[from] rusqlite::Error),
    /// No connection came free.
    #[error(transparent)]
    Pool(#[from] r2d2::Error),
}

/// The result of everything in the store.
pub type Result<T> = std::result::Result<T, Error>;

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Error::Fault(Box::new(fault))
    }
}
impl From<Code> for Error {
    fn from(code: Code) -> Self {
        Fault::new(code).into()
    }
}

/// Not there, or not in scope: nobody learns which.
pub fn missing() -> Error {
    Code::Missing.into()
}

impl Error {
    /// Whether it is the refusal of this code.
    pub fn is(&self, code: Code) -> bool {
        matches!(self, Error::Fault(f) if f.code == code.word())
    }
}

impl From<Error> for Fault {
    fn from(e: Error) -> Fault {
        match e {
            Error::Fault(f) => *f,
            Error::Invalid(problems) => problems.first().map_or_else(|| internal("no problem named"), Fault::from),
            Error::Sql(e) => sql(&e),
            other => internal(&other.to_string()),
        }
    }
}

fn sql(e: &rusqlite::Error) -> Fault {
    let text = e.to_string();
    if text.contains("XCLIENT") || text.contains("prohibited") || text.contains("not authorized") {
        // The repository should have refused this first: a bug, and never more than "not found".
        tracing::error!(target: "security", "a wall below the repository held: {text}");
        return Fault::new(Code::Missing);
    }
    // The file itself refuses a second booking of one person's time.
    if text.contains("POOLBUSY") {
        return Fault::new(Code::BusyOnShift).at("pool_employee_id");
    }
    // A row it refers to is not there, or is another client's: nobody learns which.
    if text.contains("FOREIGN KEY") {
        return Fault::new(Code::Missing);
    }
    // A page of the schema that does not decrypt leaves half a statement, which SQLite calls an error of its own.
    if text.contains("malformed database schema") {
        return Fault::new(Code::Damaged);
    }
    match e.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Fault::new(Code::Busy),
        Some(ErrorCode::DiskFull) => Fault::new(Code::DiskFull),
        // No room for the file that readers and the writer share.
        Some(ErrorCode::SystemIoFailure) if e.sqlite_error().is_some_and(is_shared_memory) => {
            Fault::new(Code::DiskFull)
        }
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen) => Fault::new(Code::ReadOnly).with("value", "database"),
        // SQLCipher calls a page that does not decrypt "out of memory".
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::OutOfMemory) => {
            Fault::new(Code::Damaged)
        }
        _ => internal(&text),
    }
}

fn is_shared_memory(e: &rusqlite::ffi::Error) -> bool {
    [rusqlite::ffi::SQLITE_IOERR_SHMSIZE, rusqlite::ffi::SQLITE_IOERR_SHMMAP].contains(&e.extended_code)
}

/// A bug: logged in full, told in one word.
fn internal(what: &str) -> Fault {
    tracing::error!("internal: {what}");
    Fault::new(Code::Internal).with("value", "store")
}
