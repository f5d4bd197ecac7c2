//! The routes.
use super::{
    Config, client, count::Counts, crowd::Crowd, enter, gate, gate::Shared, news, rate::Allowance, refused::Refused,
};
use crate::desk::Desk;
use axum::{
    Router, middleware,
    routing::{get, post},
};
use domain::feed::Cause;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// What all requests share, for this desk.
pub(super) fn shared<D: Desk>(desk: D, config: &Config) -> Arc<Shared<D>> {
    let limits = config.limits.clone();
    Arc::new(Shared {
        desk,
        scrapers: config.scrapers.clone(),
        now: config.now.clone(),
        counts: Counts::default(),
        work: Arc::new(Semaphore::new(limits.at_once)),
        devices: Allowance::new(limits.device),
        present: Crowd::default(),
        listeners: Crowd::default(),
        board: Arc::default(),
        peers: Allowance::new(limits.peer),
        limits,
    })
}

/// Every route, behind what every request passes.
pub(super) fn router<D: Desk>(shared: Arc<Shared<D>>) -> Router {
    let limited = middleware::from_fn_with_state(shared.clone(), gate::limited::<D>);
    let waiting = middleware::from_fn_with_state(shared.clone(), gate::waiting::<D>);
    let counted = middleware::from_fn_with_state(shared.clone(), gate::counted::<D>);
    let work = Router::new()
        .route("/v1/enrol", post(enter::enrol::<D>))
        .route("/v1/token", post(enter::token::<D>))
        .route("/v1/manifest", get(enter::manifest::<D>).post(enter::remind::<D>))
        .route("/v1/office", post(enter::office::<D>))
        .route("/v1/clients/{client}/push", post(client::push::<D>))
        .route("/v1/clients/{client}/pull", post(client::pull::<D>))
        .route("/v1/clients/{client}/agree", post(client::agree::<D>))
        .route("/v1/clients/{client}/offer", post(client::offer::<D>))
        .route("/v1/clients/{client}/part", post(client::part::<D>))
        .layer(limited)
        .route("/v1/news", post(news::news::<D>))
        .layer(waiting);
    let plain = Router::new().route("/health", get(enter::health::<D>)).route("/metrics", get(enter::metrics::<D>));
    work.merge(plain)
        .fallback(async || Refused::from(Cause::Route))
        .method_not_allowed_fallback(async || Refused::from(Cause::Method))
        .layer(counted)
        .with_state(shared)
}
