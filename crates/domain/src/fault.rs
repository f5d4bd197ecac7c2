//! What a person is told when something cannot be done.
use crate::{Problem, words};
use serde::Serialize;
use std::{collections::BTreeMap, fmt, sync::OnceLock};

words! {
    /// Why something was refused; each has words in every language.
    Code {
        /// Not there, or not in scope.
        Missing = "missing",
        /// The role does not allow it.
        Forbidden = "forbidden",
        /// Nobody is logged in.
        NoSession = "no_session",
        /// Name or password is wrong.
        BadLogin = "bad_login",
        /// Too many tries.
        Throttled = "throttled",
        /// The password must be changed first.
        MustChange = "must_change",
        /// The password is too short.
        ShortPassword = "short_password",
        /// The password is on every list.
        CommonPassword = "common_password",
        /// The new password is the old one.
        SamePassword = "same_password",
        /// The name is taken.
        NameTaken = "name_taken",
        /// The installation has its admin already.
        NotFirst = "not_first",
        /// The last admin must stay one.
        LastAdmin = "last_admin",
        /// The input has not the form it should.
        BadInput = "bad_input",
        /// The field must not be empty.
        Empty = "empty",
        /// The count is below zero.
        Negative = "negative",
        /// Not a number.
        BadNumber = "bad_number",
        /// Not a day.
        BadDate = "bad_date",
        /// The number is beyond all sense.
        TooLarge = "too_large",
        /// The text is too long.
        TooLong = "too_long",
        /// More minutes than a day has.
        LongDay = "long_day",
        /// More defective than produced.
        DefectiveOverProduced = "defective_over_produced",
        /// Rework, repair and scrap exceed the defective units.
        PartsOverDefective = "parts_over_defective",
        /// More defective than inspected.
        DefectiveOverInspected = "defective_over_inspected",
        /// Passed and defective are not the inspected units.
        PassedPlusDefective = "passed_plus_defective",
        /// More hours missing than scheduled.
        AbsentOverScheduled = "absent_over_scheduled",
        /// More hours split than worked.
        SplitOverActual = "split_over_actual",
        /// A person's parts come to more than a whole.
        ShareOverWhole = "share_over_whole",
        /// The person is elsewhere on that shift.
        BusyOnShift = "busy_on_shift",
        /// The end does not lie behind the beginning.
        EndsFirst = "ends_first",
        /// Longer than 24 hours.
        OverADay = "over_a_day",
        /// The shift has no known times.
        NoTimes = "no_times",
        /// The booking is not over that shift.
        OtherTimes = "other_times",
        /// The booking is another person's.
        OtherPerson = "other_person",
        /// A cover rests on the booking.
        StillCovers = "still_covers",
        /// The person is booked.
        StillBooked = "still_booked",
        /// Not a row of files: people do it, one by one.
        NotByFile = "not_by_file",
        /// The rows are the plant's, and no client's.
        OfPlant = "of_plant",
        /// The code is in use.
        DuplicateCode = "duplicate_code",
        /// No such time zone.
        BadZone = "bad_zone",
        /// The shift is closed and a reason is needed.
        NeedsReason = "needs_reason",
        /// The shift is closed.
        ShiftClosed = "shift_closed",
        /// The step does not follow from where the row stands.
        NoStep = "no_step",
        /// One's own request.
        OwnRequest = "own_request",
        /// Nothing was produced of the order.
        NeedsOutput = "needs_output",
        /// Nothing was shipped of the order.
        NeedsShipment = "needs_shipment",
        /// More released and scrapped than held.
        PartsOverHeld = "parts_over_held",
        /// The client's rows of today are used up.
        RowLimit = "row_limit",
        /// A workbook has no room for so much.
        SheetFull = "sheet_full",
        /// The client has as many people as it may.
        UserLimit = "user_limit",
        /// The client is on as many PCs as it may.
        DeviceLimit = "device_limit",
        /// Whoever set up a schedule may not any more.
        Withdrawn = "withdrawn",
        /// The KPI cannot be grouped that way.
        Grouping = "grouping",
        /// No such KPI.
        NoSuchKpi = "no_such_kpi",
        /// No such check of what was entered.
        NoSuchCheck = "no_such_check",
        /// Several days, of who sees one at a time.
        OneDay = "one_day",
        /// The KPI cannot be taken apart into factors.
        NoWhy = "no_why",
        /// The first day lies behind the last.
        BadPeriod = "bad_period",
        /// The log does not reach that far.
        NotYet = "not_yet",
        /// The stamp was printed by other formulas.
        OtherFormula = "other_formula",
        /// Nothing to do again.
        NothingToRedo = "nothing_to_redo",
        /// Nothing to undo.
        NothingToUndo = "nothing_to_undo",
        /// Others have changed it since.
        ChangedSince = "changed_since",
        /// Others have written the row that is being saved.
        TakenMeanwhile = "taken_meanwhile",
        /// The key file or keyring entry is not there.
        MissingKey = "missing_key",
        /// There is no keyring on this PC.
        NoKeyring = "no_keyring",
        /// The key belongs to another file.
        WrongKey = "wrong_key",
        /// The file is damaged.
        Damaged = "damaged",
        /// A newer version wrote the file.
        Newer = "newer",
        /// The folder or file cannot be written.
        ReadOnly = "read_only",
        /// The disk is full.
        DiskFull = "disk_full",
        /// Another window has the folder open.
        InUse = "in_use",
        /// There is no installation in the folder.
        NotInitialised = "not_initialised",
        /// There is one already.
        AlreadyInitialised = "already_initialised",
        /// The database is still being opened.
        Opening = "opening",
        /// Another writer took too long.
        Busy = "busy",
        /// The hub keeps the people of the plant.
        KeptAtHub = "kept_at_hub",
        /// Nobody is in the office of the hub.
        OfficeClosed = "office_closed",
        /// The hub's address is none.
        HubAddress = "hub_address",
        /// The hub's certificate cannot be read.
        HubCertificate = "hub_certificate",
        /// The hub does not let the PC in.
        HubDenied = "hub_denied",
        /// The hub knows the file of the PC under another key, or has taken it out.
        HubTaken = "hub_taken",
        /// The hub speaks other messages.
        HubVersion = "hub_version",
        /// The hub cannot be reached.
        HubUnreachable = "hub_unreachable",
        /// The hub was not heard for so long that nobody knows who may work here.
        LeaseOver = "lease_over",
        /// Its certificate is not the pinned one.
        CertificateUnknown = "certificate_unknown",
        /// Its certificate signs others.
        CertificateOfAuthority = "certificate_of_authority",
        /// Its certificate is for another name.
        CertificateOfOtherName = "certificate_of_other_name",
        /// Its certificate has run out.
        CertificateExpired = "certificate_expired",
        /// Its certificate does not hold yet.
        CertificateNotYet = "certificate_not_yet",
        /// Its certificate cannot be checked.
        CertificateWrong = "certificate_wrong",
        /// What answers knows no TLS 1.3.
        TlsTooOld = "tls_too_old",
        /// What answers does not encrypt.
        NoTls = "no_tls",
        /// The PC has a hub already.
        AlreadyJoined = "already_joined",
        /// The work was cancelled.
        Cancelled = "cancelled",
        /// A bug, logged.
        Internal = "internal",
    }
}

/// A refusal on its way to a person.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Fault {
    /// Why.
    pub code: String,
    /// In English; other languages render the code.
    pub message: String,
    /// The field concerned.
    pub field: Option<String>,
    /// What the message names.
    pub params: BTreeMap<String, String>,
}

impl Fault {
    /// A fault of a code alone.
    pub fn new(code: Code) -> Self {
        Fault { code: code.word().into(), message: String::new(), field: None, params: BTreeMap::new() }.spoken()
    }
    /// Names the field.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }
    /// Adds what the message names.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.into(), value.to_string());
        self.spoken()
    }
    /// The message in a language (`en` or `es`).
    pub fn say(&self, language: &str) -> String {
        phrase(language, &format!("fault.{}", self.code), &self.params)
    }
    fn spoken(mut self) -> Self {
        self.message = self.say("en");
        self
    }
}

impl From<&Problem> for Fault {
    fn from(p: &Problem) -> Self {
        let fault = Fault { params: p.params.clone(), ..Fault::new(p.code) }.at(p.field);
        fault.spoken()
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

type Catalogue = BTreeMap<String, String>;

/// Every text of a language; Spanish for `es…`, else English.
pub fn catalogue(language: &str) -> &'static Catalogue {
    static EN: OnceLock<Catalogue> = OnceLock::new();
    static ES: OnceLock<Catalogue> = OnceLock::new();
    let read = |text: &str| serde_json::from_str(text).unwrap_or_default();
    if language.starts_with("es") {
        ES.get_or_init(|| read(include_str!("../words/es.json")))
    } else {
        EN.get_or_init(|| read(include_str!("../words/en.json")))
    }
}

/// A text with its `{names}` filled in; the key itself where there is none.
pub fn phrase(language: &str, key: &str, params: &BTreeMap<String, String>) -> String {
    let text = catalogue(language).get(key).map_or(key, String::as_str);
    params.iter().fold(text.to_string(), |t, (name, value)| t.replace(&format!("{{{name}}}"), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_words_in_both_languages() {
        for code in Code::ALL {
            let key = format!("fault.{}", code.word());
            assert!(catalogue("en").contains_key(&key), "en: {key}");
            assert!(catalogue("es").contains_key(&key), "es: {key}");
        }
    }

    #[test]
    fn both_languages_have_the_same_keys_and_names() {
        let names = |t: &str| {
            let mut n: Vec<_> = t.split('{').skip(1).filter_map(|p| p.split('}').next()).map(String::from).collect();
            n.sort();
            n
        };
        let keys = |l| catalogue(l).keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys("en"), keys("es"));
        for (key, text) in catalogue("en") {
            assert_eq!(names(text), names(&catalogue("es")[key]), "{key}");
        }
    }

    #[test]
    fn a_fault_names_the_value_and_speaks_both_languages() {
        let f = Fault::new(Code::BadNumber).with("value", "abc");
        assert!(f.message.contains("abc") && f.say("es").contains("abc"));
        assert_ne!(f.message, f.say("es"));
    }
}
