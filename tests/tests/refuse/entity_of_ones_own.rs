//! Must not compile: E0277
use domain::{Client, Column, Entity, Fault, Group, Id, Problems, Touch, Value, workflow};
#[derive(Clone, Debug, PartialEq)]
struct Mine;
impl Entity for Mine {
    const TABLE: &'static str = "user";
    const NUMBER: u8 = 0;
    const GROUP: Group = Group::Setup;
    const COLUMNS: &'static [Column] = &[];
    const HIDDEN: &'static [&'static str] = &[];
    const LIST: &'static str = "";
    fn client(&self) -> Id<Client> {
        todo!()
    }
    fn id(&self) -> Id<Self> {
        todo!()
    }
    fn values(&self) -> Vec<Value> {
        vec![]
    }
    fn of(_: Id<Client>, _: Id<Self>, _: Vec<Value>) -> Option<Self> {
        None
    }
    fn touch(&self) -> Touch {
        Touch::Nothing
    }
    fn check(&self, _: &mut Problems) {}
    fn natural(&self) -> Option<Id<Self>> {
        None
    }
    fn step(_: Option<&Self>, _: &Self, _: &workflow::Actor<'_>) -> Result<(), Fault> {
        Ok(())
    }
}
fn main() {}
