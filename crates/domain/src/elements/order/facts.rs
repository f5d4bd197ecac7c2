//! What is known about one order before anything is worked out.

use super::{Stretch, WorkingDays};
use crate::{
    Day, Delay, OrderStatus,
    elements::{Key, Source},
};
use std::sync::Arc;

/// A day and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dated {
    /// The day.
    pub day: Day,
    /// Its source.
    pub source: Source,
}

/// A minute since 1970 by the client's clock, and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    /// The minute.
    pub minute: i64,
    /// Its source.
    pub source: Source,
}

/// Everything known about one work order.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderFacts {
    /// Where it stands.
    pub status: OrderStatus,
    /// Where it stood before it was set aside.
    pub before_hold: Option<OrderStatus>,
    /// Units ordered.
    pub quantity: Option<f64>,
    /// The part that may be missing from it when it counts as complete, from 0 to 1.
    pub tolerance: f64,
    /// Why it was late.
    pub delay: Option<Delay>,
    /// Day received.
    pub received: Option<Day>,
    /// Day planned to start.
    pub planned_start: Option<Day>,
    /// Day started.
    pub actual_start: Option<Day>,
    /// Minutes after local midnight at which it started.
    pub actual_start_minute: Option<i64>,
    /// Day the client asked for.
    pub required_date: Option<Day>,
    /// Day planned to ship.
    pub planned_ship_date: Option<Day>,
    /// Day completed.
    pub completed: Option<Day>,
    /// Day closed, cancelled or rejected.
    pub ended: Option<Day>,
    /// Minutes per unit, in the line's unit.
    pub standard: Option<f64>,
    /// The shifts that a working day of its line has.
    pub shifts: Vec<ShiftCapacity>,
    /// What left of it.
    pub shipments: Vec<ShipmentFacts>,
    /// When all of it stood still.
    pub holds: Vec<Stretch>,
    /// The first day on which something was made of it.
    pub first_made: Option<Day>,
    /// The last such day.
    pub last_made: Option<Day>,
    /// The days on which the client's lines work.
    pub calendar: Arc<WorkingDays>,
}

/// One shift of a day, as it is planned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShiftCapacity {
    /// People; a machine line counts as one.
    pub crew: f64,
    /// Net minutes.
    pub net_minutes: f64,
}

/// What left of an order on a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShipmentFacts {
    /// The shipment's id.
    pub id: Key,
    /// The day it left.
    pub day: Day,
    /// Units that left.
    pub quantity: Option<f64>,
}

impl Default for OrderFacts {
    fn default() -> OrderFacts {
        OrderFacts {
            status: OrderStatus::Received,
            before_hold: None,
            quantity: None,
            tolerance: 0.0,
            delay: None,
            received: None,
            planned_start: None,
            actual_start: None,
            actual_start_minute: None,
            required_date: None,
            planned_ship_date: None,
            completed: None,
            ended: None,
            standard: None,
            shifts: Vec::new(),
            shipments: Vec::new(),
            holds: Vec::new(),
            first_made: None,
            last_made: None,
            calendar: Arc::default(),
        }
    }
}
