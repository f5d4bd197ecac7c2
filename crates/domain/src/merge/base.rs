//! What a change rests on: the versions under the values its author saw.
use super::{Folded, Place, Policy, Write, row::together};
use crate::{
    Id, Shape,
    change::{Act, Op},
    planted::{Bug, planted},
};

/// What is shown of one row: what is confirmed, and its author's own changes above that.
#[derive(Clone, Copy)]
pub struct Shown<'s> {
    /// The table.
    pub shape: &'s Shape,
    /// The row without one's own changes.
    pub under: Option<&'s Folded>,
    /// One's own changes that are not confirmed, in their order.
    pub own: &'s [Write],
}

impl Shown<'_> {
    /// The changes under the value shown at a place: the confirmed one and one's own.
    ///
    /// While an own change covers the place, later ones inherit its base: what
    /// came in meanwhile is not on the screen.
    pub fn base(&self, place: &Place) -> Vec<Id<Op>> {
        let own: Vec<&Write> = self.own_on_screen().into_iter().filter(|w| self.covers(w, place)).collect();
        let confirmed = self.under.map(|r| self.version(r, place));
        let mut base = match own.first() {
            Some(first) if !self.adds(place) && !planted(Bug::BaseRebased) => inherited(first, place),
            _ => confirmed.into_iter().collect(),
        };
        if !planted(Bug::SelfConflict) {
            base.extend(own.iter().map(|w| w.op));
        }
        base
    }
    /// Without what a refused creation left hanging, and what was written to a row that is gone: that is not on the screen.
    fn own_on_screen(&self) -> Vec<&Write> {
        let (mut there, mut alive) = (self.under.is_some(), self.under.is_some_and(|r| !r.gone));
        let mut shown = vec![];
        for write in self.own {
            match write.act {
                Act::Create if !there => (shown, there, alive) = (vec![], true, true),
                Act::Create | Act::Restore => alive = there,
                Act::Remove => alive = false,
                Act::Patch => {}
            }
            if alive && matches!(write.act, Act::Create | Act::Patch) {
                shown.push(write);
            }
        }
        shown
    }
    fn version(&self, row: &Folded, place: &Place) -> Id<Op> {
        row.version(place).unwrap_or_else(|| row.versions.maker())
    }
    fn covers(&self, write: &Write, place: &Place) -> bool {
        let with = together(self.shape, place).any(|i| write.value(&Place::Column(i)).is_some());
        with || write.value(place).is_some() || (write.erases && self.shape.is_personal(place))
    }
    /// Whether others' values are seen below one's own.
    fn adds(&self, place: &Place) -> bool {
        let Place::Column(i) = place else { return false };
        matches!(self.shape.columns[*i].merge, Policy::Add | Policy::Append)
    }
    /// The places whose base a change carries: what it writes, and what the rules read that it touches.
    pub fn asked(&self, patch: &[Place]) -> Vec<Place> {
        let ruled = |p: &Place| matches!(p, Place::Column(i) if self.shape.columns[*i].ruled);
        let mut all = patch.to_vec();
        if patch.iter().any(ruled) {
            let columns = self.shape.columns.iter().enumerate().filter(|(_, c)| c.ruled);
            all.extend(columns.map(|(i, _)| Place::Column(i)).filter(|p| !patch.contains(p)));
        }
        all
    }
}

fn inherited(first: &Write, place: &Place) -> Vec<Id<Op>> {
    first.base.iter().find(|(p, _)| p == place).map(|(_, ops)| ops.clone()).unwrap_or_default()
}
