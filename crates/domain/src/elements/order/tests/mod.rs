//! Delivery and WIP age, to the digit and as properties.

mod age;
mod delivery;
mod promise;
mod properties;
mod risk;

use super::*;
use crate::{
    Day, Delay, OrderStatus,
    elements::{Element, Source},
};
use std::sync::Arc;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn some(text: &str) -> Option<Day> {
    Some(day(text))
}

fn shipment(on: &str, quantity: Option<f64>) -> ShipmentFacts {
    ShipmentFacts { id: [0; 16], day: day(on), quantity }
}

fn text(dated: Option<Dated>) -> Option<(String, Source)> {
    dated.map(|dated| (dated.day.to_string(), dated.source))
}
