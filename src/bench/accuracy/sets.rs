//! The benchmark sets that this build is measured on.

use std::path::Path;

use super::attacks::{self, Fact, Question};
use super::coreference::{self, Metric, Referents, Scope};
use super::events::{self, EventMeasure, Types};
use super::measure::Toponyms;
use super::relations::{self, RelationKind};
use super::spellings::{self, Spellings};
use super::templates::{self, Slot};
use super::times::{self, Times};
use super::{AccuracyError, Comparison, Counted, Figures, Findings, GoldDocument, Measure, Mistake, Name, NameKind};
use super::{
    compare, conll04, datetime, ecbplus, geoparsing, google_ar2en, hrdsattack, muc4, name_bench, rams, re3d, toponyms,
    ucdp_places, uner_ewt,
};
use super::{wikievents, worldwide};

/// A benchmark set: a folder, a format, and what is measured on it.
#[derive(Debug, Clone, Copy)]
pub struct Set {
    /// Name of the set and of its folder.
    pub name: &'static str,
    /// What is measured, in groups.
    measures: &'static [&'static [Measure]],
    /// Where its files are, as told to somebody who looks for them.
    pub files: &'static str,
    read: fn(&Path) -> Result<Vec<GoldDocument>, AccuracyError>,
}

const ALL_KINDS: &[Measure] = &[
    Measure::Names(Counted::Kind(NameKind::Person)),
    Measure::Names(Counted::Kind(NameKind::Organization)),
    Measure::Names(Counted::Kind(NameKind::Location)),
    Measure::Names(Counted::Kind(NameKind::Facility)),
    Measure::Names(Counted::All),
];

/// Of sets whose locations include facilities.
const WITHOUT_FACILITIES: &[Measure] = &[
    Measure::Names(Counted::Kind(NameKind::Person)),
    Measure::Names(Counted::Kind(NameKind::Organization)),
    Measure::Names(Counted::Kind(NameKind::Location)),
    Measure::Names(Counted::All),
];

const RELATIONS: &[Measure] = &[
    Measure::Relations(Some(RelationKind::Kill)),
    Measure::Relations(Some(RelationKind::LiveIn)),
    Measure::Relations(Some(RelationKind::LocatedIn)),
    Measure::Relations(Some(RelationKind::OrgBasedIn)),
    Measure::Relations(Some(RelationKind::WorkFor)),
    Measure::Relations(None),
];

const WITHIN: &[Measure] = &[
    Measure::Coreference(Referents::Entities, Scope::Within, Metric::Mentions),
    Measure::Coreference(Referents::Entities, Scope::Within, Metric::Muc),
    Measure::Coreference(Referents::Entities, Scope::Within, Metric::BCubed),
    Measure::Coreference(Referents::Entities, Scope::Within, Metric::CeafE),
    Measure::Coreference(Referents::Entities, Scope::Within, Metric::Conll),
];

/// The mentions are the same as within documents.
const ACROSS: &[Measure] = &[
    Measure::Coreference(Referents::Entities, Scope::Across, Metric::Muc),
    Measure::Coreference(Referents::Entities, Scope::Across, Metric::BCubed),
    Measure::Coreference(Referents::Entities, Scope::Across, Metric::CeafE),
    Measure::Coreference(Referents::Entities, Scope::Across, Metric::Conll),
];

const HAPPENINGS: &[Measure] = &[
    Measure::Coreference(Referents::Events, Scope::Within, Metric::Mentions),
    Measure::Coreference(Referents::Events, Scope::Within, Metric::Conll),
    Measure::Coreference(Referents::Events, Scope::Across, Metric::Conll),
];

/// Kilometres: 100 miles.
const NEAR: u32 = 161;

/// Kilometres: near enough to say in which district an event was.
const NEARBY: u32 = 30;

const TOPONYMS: &[Measure] = &[
    Measure::Given(Toponyms { within: NEAR, file: Some("GeoVirus") }),
    Measure::Given(Toponyms { within: NEAR, file: Some("LGL") }),
    Measure::Given(Toponyms { within: NEAR, file: Some("TR-News") }),
    Measure::Given(Toponyms { within: NEAR, file: None }),
    Measure::Found(Toponyms { within: NEAR, file: Some("GeoVirus") }),
    Measure::Found(Toponyms { within: NEAR, file: Some("LGL") }),
    Measure::Found(Toponyms { within: NEAR, file: Some("TR-News") }),
    Measure::Found(Toponyms { within: NEAR, file: None }),
];

const PLACE_STRINGS: &[Measure] = &[Measure::Given(Toponyms { within: NEARBY, file: None }), Measure::MedianDistance];

const EVENTS: &[Measure] = &[
    Measure::Events(EventMeasure::Triggers(Types::All)),
    Measure::Events(EventMeasure::Triggers(Types::Known)),
    Measure::Events(EventMeasure::Classes(Types::All)),
    Measure::Events(EventMeasure::Classes(Types::Known)),
    Measure::Events(EventMeasure::Arguments(Types::All)),
    Measure::Events(EventMeasure::Arguments(Types::Known)),
];

const COREFERENT_ARGUMENTS: &[Measure] = &[
    Measure::Events(EventMeasure::CoreferentArguments(Types::All)),
    Measure::Events(EventMeasure::CoreferentArguments(Types::Known)),
];

const TEMPLATES: &[Measure] = &[
    Measure::Templates(Some(Slot::Incident)),
    Measure::Templates(Some(Slot::Perpetrator)),
    Measure::Templates(Some(Slot::PerpetratorOrganization)),
    Measure::Templates(Some(Slot::Target)),
    Measure::Templates(Some(Slot::Victim)),
    Measure::Templates(Some(Slot::Weapon)),
    Measure::Templates(None),
];

const ATTACK: &[Measure] = &[
    Measure::Attack(Question::Victims),
    Measure::Attack(Question::VictimsFuzzy),
    Measure::Attack(Question::Violations),
    Measure::Attack(Question::One(Fact::Perpetrator)),
    Measure::Attack(Question::One(Fact::CountryAsWritten)),
    Measure::Attack(Question::One(Fact::Country)),
    Measure::Attack(Question::One(Fact::Region)),
    Measure::Attack(Question::One(Fact::City)),
    Measure::Attack(Question::One(Fact::Year)),
    Measure::Attack(Question::One(Fact::Month)),
    Measure::Attack(Question::One(Fact::Day)),
    Measure::Attack(Question::Answered(Fact::Perpetrator)),
    Measure::Attack(Question::Answered(Fact::Country)),
    Measure::Attack(Question::Answered(Fact::Region)),
    Measure::Attack(Question::Answered(Fact::City)),
    Measure::Attack(Question::Answered(Fact::Year)),
    Measure::Attack(Question::Answered(Fact::Month)),
    Measure::Attack(Question::Answered(Fact::Day)),
];

const TIMES: &[Measure] = &[
    Measure::TimeSpans(Times::Covered),
    Measure::TimeValues(Times::Covered),
    Measure::TimeSpans(Times::All),
    Measure::TimeValues(Times::All),
];

const PAIRS: &[Measure] = &[Measure::Spellings(Spellings::Same), Measure::Spellings(Spellings::SameArabic)];

const RETRIEVAL: &[Measure] = &[Measure::Spellings(Spellings::Recall(1)), Measure::Spellings(Spellings::Recall(5))];

/// Every set, in the order in which they are measured.
pub const SETS: &[Set] = &[
    Set { name: "worldwide", measures: &[ALL_KINDS], files: "*.tsv", read: worldwide::read },
    Set { name: "uner_ewt", measures: &[WITHOUT_FACILITIES], files: "*.iob2", read: uner_ewt::read },
    Set {
        name: "re3d",
        measures: &[WITHOUT_FACILITIES],
        files: "*/documents.jsonl and */entities.jsonl",
        read: re3d::read,
    },
    Set { name: "conll04", measures: &[WITHOUT_FACILITIES, RELATIONS], files: "*.txt", read: conll04::read },
    Set {
        name: "wikievents",
        measures: &[ALL_KINDS, WITHIN, EVENTS, COREFERENT_ARGUMENTS],
        files: "*.jsonl and, for coreference, *.coref.jsonlines",
        read: wikievents::read,
    },
    Set { name: "rams", measures: &[EVENTS], files: "*.jsonlines", read: rams::read },
    Set { name: "muc4", measures: &[TEMPLATES], files: "*.json but pretty_*.json", read: muc4::read },
    Set { name: "hrdsattack", measures: &[ATTACK], files: "*.json", read: hrdsattack::read },
    Set { name: "ecbplus", measures: &[WITHIN, ACROSS, HAPPENINGS], files: "*.tar.gz", read: ecbplus::read },
    Set { name: "geoparsing", measures: &[TOPONYMS], files: "*.xml", read: geoparsing::read },
    Set { name: "ucdp_places", measures: &[PLACE_STRINGS], files: "*.csv", read: ucdp_places::read },
    Set { name: "datetime", measures: &[TIMES], files: "*.json", read: datetime::read },
    Set { name: "name_bench", measures: &[PAIRS], files: "*.csv", read: name_bench::read },
    Set { name: "google_ar2en", measures: &[RETRIEVAL], files: "*.txt but *-train.txt", read: google_ar2en::read },
];

impl Set {
    /// What is measured, in order.
    pub fn measures(&self) -> impl Iterator<Item = Measure> {
        self.measures.iter().copied().flatten().copied()
    }

    /// What its figures leave out, for whoever reads them.
    pub fn note(&self) -> Option<&'static str> {
        self.measures().any(|measure| matches!(measure, Measure::TimeValues(_))).then_some(times::NOTE)
    }

    /// The documents of the set in its folder under `data`; none if the folder or its files are missing.
    ///
    /// # Errors
    /// If a file cannot be read or is not of the set's format.
    pub fn documents(&self, data: &Path) -> Result<Vec<GoldDocument>, AccuracyError> {
        let folder = data.join(self.name);
        if folder.is_dir() { (self.read)(&folder) } else { Ok(Vec::new()) }
    }

    /// What a measure comes to, given what was found in each of `documents`; none if the documents have no gold
    /// for it, or the system does not look for it.
    pub fn figures(&self, measure: Measure, documents: &[GoldDocument], findings: &[Findings]) -> Option<Figures> {
        match measure {
            Measure::Names(counted) => Some(Figures::Counts(self.compare(documents, findings).score(counted))),
            Measure::Relations(kind) => relations::figures(documents, findings, kind),
            Measure::Coreference(of, scope, metric) => coreference::figures(documents, findings, of, scope, metric),
            Measure::Given(which) => toponyms::given(documents, findings, which),
            Measure::Found(which) => toponyms::found(documents, findings, which),
            Measure::MedianDistance => toponyms::median(documents, findings),
            Measure::Events(measure) => events::figures(documents, findings, measure),
            Measure::Templates(slot) => templates::figures(documents, findings, slot),
            Measure::Attack(question) => attacks::figures(documents, findings, question),
            Measure::TimeSpans(which) => times::spans(documents, findings, which),
            Measure::TimeValues(which) => times::values(documents, findings, which),
            Measure::Spellings(which) => spellings::figures(documents, which),
        }
    }

    /// Every mistake of the kinds that the set measures, names first.
    pub fn mistakes(&self, documents: &[GoldDocument], findings: &[Findings]) -> Vec<Mistake> {
        let measures = |wanted: fn(&Measure) -> bool| self.measures().any(|measure| wanted(&measure));
        let mut mistakes = Vec::new();
        if measures(|measure| matches!(measure, Measure::Names(_))) {
            mistakes.extend(self.compare(documents, findings).mistakes());
        }
        if measures(|measure| matches!(measure, Measure::Relations(_))) {
            mistakes.extend(relations::mistakes(documents, findings));
        }
        if measures(|measure| matches!(measure, Measure::Coreference(..))) {
            mistakes.extend(coreference::mistakes(documents, findings));
        }
        if measures(|measure| matches!(measure, Measure::Events(_))) {
            mistakes.extend(events::mistakes(documents, findings));
        }
        if measures(|measure| matches!(measure, Measure::Templates(_))) {
            mistakes.extend(templates::mistakes(documents, findings));
        }
        if measures(|measure| matches!(measure, Measure::Attack(_))) {
            mistakes.extend(attacks::mistakes(documents, findings));
        }
        if measures(|measure| matches!(measure, Measure::TimeValues(_))) {
            mistakes.extend(times::mistakes(documents, findings));
        }
        if measures(|measure| matches!(measure, Measure::Spellings(Spellings::Same))) {
            mistakes.extend(spellings::mistakes(documents));
        }
        let given = self.measures().find_map(|measure| match measure {
            Measure::Given(Toponyms { within, .. }) => Some(within),
            _ => None,
        });
        if let Some(within) = given {
            let given_only = !measures(|measure| matches!(measure, Measure::Found(_)));
            mistakes.extend(toponyms::mistakes(documents, findings, within, given_only));
        }
        mistakes
    }

    /// Holds the names that were found against the gold. Where the set has no facilities of their own they are
    /// locations.
    pub fn compare(&self, documents: &[GoldDocument], findings: &[Findings]) -> Comparison {
        let facilities = self.measures().any(|measure| measure == Measure::Names(Counted::Kind(NameKind::Facility)));
        let kind = |kind| if facilities || kind != NameKind::Facility { kind } else { NameKind::Location };
        let names = |findings: &Findings| -> Vec<Name> {
            findings.names.iter().map(|name| Name { kind: kind(name.kind), ..*name }).collect()
        };
        compare(documents, &findings.iter().map(names).collect::<Vec<_>>())
    }
}
