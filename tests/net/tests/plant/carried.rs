//! PCs whose only way to the hub is a folder that somebody carries.
use crate::stage::{Hub, Pc};
use checks::{Plant, row::row};
use domain::{Client, Entity, Id, ProductionEntry, feed::Standing};
use hub::Unread;
use sync::carry::{Carrier, Taken, Untaken};

fn carrier(pc: &Pc) -> Carrier {
    Carrier::open(pc.plant.store.clone(), pc.vault.clone()).unwrap().unwrap()
}

/// There and back: what the letter brought of each client.
async fn carries(hub: &Hub, pc: &Pc) -> Vec<Taken> {
    let carrier = carrier(pc);
    let answer = hub.desk.letter(carrier.device(), &carrier.writes().unwrap()).await.unwrap().unwrap();
    carrier.takes(&answer).unwrap()
}

/// The same in letters of so much text.
async fn carries_little(hub: &Hub, pc: &Pc, room: usize) -> Vec<Taken> {
    let carrier = carrier(pc).with_room(room);
    let asks = carrier.writes().unwrap();
    let answer = hub.desk.letter_of(carrier.device(), &asks, room).await.unwrap().unwrap();
    carrier.takes(&answer).unwrap()
}

fn standing(pc: &Pc, client: Id<Client>) -> Standing {
    pc.plant.store.feed(&pc.vault, client, |f| f.state()).unwrap().standing
}

/// A hub, a PC that brings a plant to it, and one that has nothing yet; neither ever speaks with it.
async fn stage() -> (Hub, Pc, Pc, Id<Client>) {
    let hub = Hub::open().await;
    let plant = Plant::new();
    let client = plant.client("ACME");
    hub.desk.add_client(client, "ACME").await.unwrap();
    let one = hub.enrol(plant, "ada", &[client]).await;
    let other = hub.enrol(Plant::new(), "ben", &[client]).await;
    (hub, one, other, client)
}

#[tokio::test(flavor = "multi_thread")]
async fn pcs_that_only_a_folder_joins_to_the_hub_agree_in_the_end() {
    let (hub, one, other, client) = stage().await;
    // The first letter is answered with who may do what and all there is, the second brings what the PC has.
    carries(&hub, &one).await;
    carries(&hub, &one).await;
    let came = carries(&hub, &other).await;
    let caught_up = came.iter().map(|t| (t.client, t.caught_up)).collect::<Vec<_>>();
    assert_eq!(caught_up, [(Client::PLANT, true), (client, true)]);
    assert!(came[1].entries >= domain::SHAPES.len(), "{came:?}");
    assert_eq!(one.all(client), other.all(client));
    one.makes(client, 141);
    other.makes(client, 142);
    for pc in [&one, &other, &one] {
        carries(&hub, pc).await;
    }
    assert_eq!(one.all(client), other.all(client));
    let waits = |pc: &Pc| pc.plant.store.feed(&pc.vault, client, |f| f.outgoing()).unwrap().len();
    assert_eq!((waits(&one), waits(&other)), (0, 0));
    one.is_sound();
    other.is_sound();
    let id = row::<ProductionEntry>(client, "ACME").id;
    let conflicts = |pc: &Pc| {
        let shown = pc.plant.store.feed(&pc.vault, client, |f| f.shown((ProductionEntry::NUMBER, id.bytes())));
        shown.unwrap().unwrap().conflicts.len()
    };
    assert_eq!((conflicts(&one), conflicts(&other)), (1, 1), "what two wrote waits for a person");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_comes_twice_or_late_changes_nothing_and_an_altered_one_is_refused() {
    let (hub, one, other, client) = stage().await;
    let (carrier, foreign) = (carrier(&one), carrier(&other));
    let asks = carrier.writes().unwrap();
    let first = hub.desk.letter(carrier.device(), &asks).await.unwrap().unwrap();
    carrier.takes(&first).unwrap();
    carries(&hub, &one).await;
    let before = one.all(client);
    carrier.takes(&first).unwrap();
    assert!(hub.desk.letter(carrier.device(), &asks).await.unwrap().is_ok(), "it may be asked again");
    assert_eq!(one.all(client), before);
    let mut altered = first.clone();
    altered[100] ^= 1;
    for letter in [&altered[..], &first[..first.len() - 1], &[], &asks] {
        assert!(matches!(carrier.takes(letter), Err(Untaken::Letter)));
    }
    assert!(matches!(foreign.takes(&first), Err(Untaken::Letter)), "it is to another PC");
    assert_eq!(hub.desk.letter(foreign.device(), &asks).await.unwrap().unwrap_err(), Unread::Letter);
    assert_eq!(hub.desk.letter(Id::from_bytes([3; 16]), &asks).await.unwrap().unwrap_err(), Unread::Device);
    hub.desk.withdraw_device(carrier.device()).await.unwrap();
    assert_eq!(hub.desk.letter(carrier.device(), &asks).await.unwrap().unwrap_err(), Unread::Device);
    assert_eq!(one.all(client), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_that_was_taken_is_carried_too_and_what_was_sealed_comes_to_the_hub() {
    let (hub, one, _, client) = stage().await;
    carries(&hub, &one).await;
    carries(&hub, &one).await;
    one.makes(client, 77_077);
    hub.desk.withdraw(one.plant.admin.user(), client).await.unwrap();
    carries(&hub, &one).await;
    assert_eq!(standing(&one, client), Standing::Purged);
    let partings = |pc: &Pc| pc.plant.store.feed(&pc.vault, client, |f| f.partings()).unwrap().len();
    assert_eq!(partings(&one), 1, "what the hub had not got is sealed");
    carries(&hub, &one).await;
    assert_eq!(hub.quarantined("77077").await, 1, "and looked at by whoever may");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_hub_says_holds_from_when_it_was_asked_however_long_the_letter_was_on_its_way() {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    let (hub, one, _, _) = stage().await;
    let (carrier, clock) = (carrier(&one), one.plant.store.clock());
    let asks = carrier.writes().unwrap();
    let answer = hub.desk.letter(carrier.device(), &asks).await.unwrap().unwrap();
    clock.advance(40 * DAY);
    carrier.takes(&answer).unwrap();
    let works = || one.plant.store.repository(&one.plant.admin).is_ok();
    // Fourteen days of the hub's word, thirty more of an admin's, from the asking on.
    assert!(works());
    clock.advance(3 * DAY);
    assert!(works());
    clock.advance(2 * DAY);
    assert!(!works());
    carrier.takes(&answer).unwrap();
    assert!(!works(), "the same letter gains no time");
    carries(&hub, &one).await;
    assert!(works(), "a new one does");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_more_than_one_letter_holds_comes_over_in_several_both_ways() {
    const ROOM: usize = 12_000;
    let (hub, one, other, client) = stage().await;
    let waits = || one.plant.store.feed(&one.vault, client, |f| f.unsent(1000)).unwrap().len();
    carries_little(&hub, &one, ROOM).await;
    let all = waits();
    assert!(all >= domain::SHAPES.len());
    let mut ways = 0;
    while waits() > 0 {
        let before = waits();
        carries_little(&hub, &one, ROOM).await;
        assert!(waits() < before && before - waits() < all, "every letter brings something, and none all of it");
        ways += 1;
    }
    assert!(ways > 2, "{ways}");
    let (mut came, mut ways) = (0, 0);
    loop {
        let taken = carries_little(&hub, &other, ROOM).await;
        let ours = taken.iter().find(|t| t.client == client).unwrap();
        (came, ways) = (came + ours.entries, ways + 1);
        if ours.caught_up {
            break;
        }
        assert!(ours.entries > 0, "every letter brings something");
    }
    assert_eq!((came, ways > 2), (all, true), "{ways}");
    carries(&hub, &one).await;
    assert_eq!(one.all(client), other.all(client));
    one.is_sound();
    other.is_sound();
}
