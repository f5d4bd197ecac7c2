//! A client's log as a plant makes it: lines, days, hours.
use crate::{
    pc::Pc,
    stage::{Stage, fresh},
};
use domain::{
    Basis, Client, ClientSetting, Day, Id, Line, LineShift, Product, ProductStandard, ProductionEntry, Shift, ShiftTime,
};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// What is filled in on a day: lines, and hours of each.
const LINES: usize = 6;
const HOURS: i64 = 8;
/// The day before which everything was made.
pub(crate) const TODAY: Day = Day(20_600);
/// Changes in a push, and pushes at a time.
const BATCH: usize = 500;
const AT_ONCE: usize = 8;

/// Fills all clients of a hub with so many entries of production, by PCs of one person; how many changes that made.
pub(crate) async fn all(stage: &Stage, pcs: Vec<Pc>, entries: usize) -> usize {
    let room = Arc::new(Semaphore::new(AT_ONCE));
    let days = entries.div_ceil(stage.clients.len() * LINES * HOURS as usize) as i32;
    let tasks = pcs.into_iter().map(|mut pc| {
        let room = room.clone();
        tokio::spawn(async move {
            let _one = room.acquire().await;
            let mut made = 0;
            let floor = Floor::of(&mut pc).await;
            for day in (1..=days).rev() {
                made += floor.day(&mut pc, TODAY.plus(-day)).await;
            }
            pc.sends_rest(BATCH, 0).await;
            made
        })
    });
    let mut made = 0;
    for task in tasks.collect::<Vec<_>>() {
        made += task.await.unwrap();
    }
    made
}

/// What a client works on.
struct Floor {
    client: Id<Client>,
    shift: Id<Shift>,
    product: Id<Product>,
    lines: Vec<Id<Line>>,
}

impl Floor {
    async fn of(pc: &mut Pc) -> Floor {
        let client = pc.client;
        let floor = Floor { client, shift: fresh(), product: fresh(), lines: (0..LINES).map(|_| fresh()).collect() };
        let word = |w: &str| w.to_string();
        pc.makes(&Client { code: word("C"), name: word("Client"), active: true, ..Client::blank(client, client) });
        pc.makes(&ClientSetting::usual(client));
        pc.makes(&Shift { code: word("D"), name: word("Day"), active: true, ..Shift::blank(client, floor.shift) });
        let (shift_id, start_minute, end_minute) = (floor.shift, Some(360), Some(840));
        let times = ShiftTime {
            shift_id,
            valid_from: Day(19_000),
            start_minute,
            end_minute,
            ..ShiftTime::blank(client, fresh())
        };
        pc.makes(&times);
        pc.makes(&Product {
            code: word("P"),
            name: word("Product"),
            active: true,
            ..Product::blank(client, floor.product)
        });
        let (valid_from, minutes) = (Day(19_000), 3.5);
        let standard = ProductStandard {
            product_id: floor.product,
            valid_from,
            minutes,
            ..ProductStandard::blank(client, fresh())
        };
        pc.makes(&standard);
        for (n, line) in floor.lines.iter().enumerate() {
            let (code, basis) = (format!("L{n}"), Basis::Labour);
            pc.makes(&Line { code, name: word("Line"), basis, active: true, ..Line::blank(client, *line) });
        }
        floor
    }
    async fn day(&self, pc: &mut Pc, day: Day) -> usize {
        for (n, line) in self.lines.iter().enumerate() {
            let of = LineShift::fact(self.client, day, self.shift, *line);
            let (crew, net_minutes) = (Some(12.0), Some(480.0));
            pc.makes(&LineShift { crew, net_minutes, ..LineShift::empty(self.client, day, self.shift, *line) });
            for hour in 0..HOURS {
                let id = ProductionEntry::hourly(self.client, of, hour, (None, Some(self.product), None));
                let produced = Some(90 + (hour * 7 + i64::from(day.0) + n as i64) % 23);
                let (hour, product_id, defective) = (Some(hour), Some(self.product), Some(hour % 3));
                let blank = ProductionEntry::blank(self.client, id);
                pc.makes(&ProductionEntry { line_shift_id: of, product_id, hour, produced, defective, ..blank });
            }
        }
        pc.sends_rest(BATCH, BATCH).await;
        LINES * (1 + HOURS as usize)
    }
}
