//! How a request is refused: a status, a code, and nothing else.
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header::RETRY_AFTER},
    response::{IntoResponse, Response},
};
use domain::feed::{Cause, Denied, PROTO, Refusal};
use std::time::Duration;

/// A request that is refused.
#[derive(Debug)]
pub(super) struct Refused {
    status: StatusCode,
    refusal: Refusal,
    wait: Option<Duration>,
}

/// The code of a refusal, for whoever counts them.
#[derive(Clone)]
pub(super) struct Told(pub(super) String);

impl Refused {
    /// A line that cannot be read, from 1.
    pub(super) fn line(line: usize) -> Self {
        let refusal = Refusal { line: Some(line), ..Cause::Garbled.into() };
        Refused { status: StatusCode::BAD_REQUEST, refusal, wait: None }
    }
    /// Nobody of the PC may see the client, as this generation of grants says.
    pub(super) fn revoked(generation: Option<i64>) -> Self {
        let refusal = Refusal { generation, ..Cause::Revoked.into() };
        Refused { status: StatusCode::FORBIDDEN, refusal, wait: None }
    }
    /// Numbers that do not follow; the last that is known.
    pub(super) fn numbers(cause: Cause, last: i64) -> Self {
        let refusal = Refusal { last: Some(last), ..cause.into() };
        Refused { status: StatusCode::CONFLICT, refusal, wait: None }
    }
    /// Later.
    pub(super) fn wait(cause: Cause, wait: Duration) -> Self {
        Refused { wait: Some(wait), ..cause.into() }
    }
}

const fn status(cause: Cause) -> StatusCode {
    match cause {
        Cause::Garbled | Cause::Client | Cause::Device | Cause::Header | Cause::Expired => StatusCode::BAD_REQUEST,
        Cause::Large => StatusCode::PAYLOAD_TOO_LARGE,
        Cause::Type => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Cause::Slow => StatusCode::REQUEST_TIMEOUT,
        Cause::Route => StatusCode::NOT_FOUND,
        Cause::Method => StatusCode::METHOD_NOT_ALLOWED,
        Cause::Often => StatusCode::TOO_MANY_REQUESTS,
        Cause::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Cause::Revoked => StatusCode::FORBIDDEN,
        Cause::Rewind => StatusCode::PRECONDITION_FAILED,
        Cause::Gap | Cause::Fork => StatusCode::CONFLICT,
        Cause::Version => StatusCode::UPGRADE_REQUIRED,
    }
}

impl From<Cause> for Refused {
    fn from(cause: Cause) -> Self {
        let proto = (cause == Cause::Version).then_some(PROTO);
        let wait = (cause == Cause::Busy).then_some(Duration::from_secs(2));
        Refused { status: status(cause), refusal: Refusal { proto, ..cause.into() }, wait }
    }
}

impl From<Denied> for Refused {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Version => Cause::Version.into(),
            other => Refused { status: StatusCode::UNAUTHORIZED, refusal: other.into(), wait: None },
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let told = Told(self.refusal.code.clone());
        let mut response = (self.status, Json(self.refusal)).into_response();
        if let Some(wait) = self.wait {
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        }
        response.extensions_mut().insert(told);
        response
    }
}
