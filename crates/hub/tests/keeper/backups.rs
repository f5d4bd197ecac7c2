//! Backups of the book: made, looked at, and what follows.
use crate::plant::Plant;
use domain::Role;

#[tokio::test]
async fn a_backup_is_read_through_and_what_it_holds_is_durable() {
    let plant = Plant::new().await;
    let mut pc = plant.pc(Role::Leader).await;
    let changes = [pc.line("L1"), pc.line("L2")];
    pc.push(&plant.hub, &changes).await;
    let file = plant.ground.folder.path().join("backup.db");
    let held = plant.hub.back_up(&plant.ground.vault, &file).await.unwrap();
    assert_eq!(held.heads[&plant.clients[0]], 2);
    let change = pc.line("L3");
    pc.push(&plant.hub, &[change]).await;
    assert_eq!(pc.catch_up(&plant.hub).await.durable, 2);
    let again = plant.hub.back_up(&plant.ground.vault, &file).await.err().unwrap().to_string();
    assert!(again.contains("cannot be written"), "no file is written over: {again}");
}

#[tokio::test]
async fn a_book_with_a_broken_log_counts_as_no_backup() {
    let plant = Plant::new().await;
    let mut pc = plant.pc(Role::Leader).await;
    let change = pc.line("L1");
    pc.push(&plant.hub, &[change]).await;
    let sql = "UPDATE hub.client_head SET chain = $2 WHERE client_id = $1";
    plant.ground.page(|page| page.run(sql, &[plant.clients[0].into(), [9; 32].into()]).unwrap());
    let file = plant.ground.folder.path().join("backup.db");
    let broken = plant.hub.back_up(&plant.ground.vault, &file).await.err().unwrap().to_string();
    assert!(broken.contains("log cannot be read"), "{broken}");
    assert_eq!(plant.count("hub.state WHERE backed_up_at IS NOT NULL").await, 0);
}
