//! Must not compile: E0451
fn f<'s>(store: &'s store::Store, owner: domain::Id<domain::change::User>) -> store::session::delegate::Delegate<'s> {
    store::session::delegate::Delegate { store, owner, name: String::new(), task: store::session::delegate::Task::Alerts }
}
fn main() {}
