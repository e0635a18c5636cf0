//! Terms as constants, and the prefixes they are written with.
//!
//! Everything here is an identifier: nothing is fetched. A test holds the three tables equal to
//! `ontology/isnad.ttl`.

use oxigraph::model::NamedNodeRef;

pub use super::external::{dcterms, geo, oa, owl, prov, schema, sem, skos};

/// Namespace of the ontology's own terms.
pub const NAMESPACE: &str = "https://w3id.org/isnad/ontology#";
/// Namespace of the functions and of the properties that queries can use beyond SPARQL's own.
pub const FUNCTIONS_NAMESPACE: &str = "https://w3id.org/isnad/function#";
/// Namespace of the nodes of a graph.
pub const ID_NAMESPACE: &str = "https://w3id.org/isnad/id/";

/// Prefixes for serialisers and for saved questions, each with its namespace.
///
/// `fun` names our functions, `geof` those of GeoSPARQL, `uom` its units and `time` OWL-Time, for those who write queries.
pub const PREFIXES: &[(&str, &str)] = &[
    ("isnad", NAMESPACE),
    ("id", ID_NAMESPACE),
    ("fun", FUNCTIONS_NAMESPACE),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("schema", "https://schema.org/"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("geo", "http://www.opengis.net/ont/geosparql#"),
    ("geof", "http://www.opengis.net/def/function/geosparql/"),
    ("uom", "http://www.opengis.net/def/uom/OGC/1.0/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("sem", "http://semanticweb.cs.vu.nl/2009/11/sem/"),
    ("time", "http://www.w3.org/2006/time#"),
    ("dcterms", "http://purl.org/dc/terms/"),
];

/// The local name of one of the ontology's own terms.
///
/// ```
/// use isnad::ontology::vocabulary::{self, class, oa};
/// assert_eq!(vocabulary::local_name(class::PERSON), Some("Person"));
/// assert_eq!(vocabulary::local_name(oa::START), None);
/// ```
pub fn local_name(term: NamedNodeRef<'_>) -> Option<&str> {
    term.as_str().strip_prefix(NAMESPACE)
}

/// A module of constants and `ALL`, a table of them, from one list.
macro_rules! terms {
    ($(#[$meta:meta])* $module:ident, $prefix:literal, $namespace:literal, {
        $($name:ident = $local:literal,)+
    }) => {
        $(#[$meta])*
        pub mod $module {
            use oxigraph::model::NamedNodeRef;

            $(
                #[doc = concat!("`", $prefix, ":", $local, "`")]
                pub const $name: NamedNodeRef<'static> =
                    NamedNodeRef::new_unchecked(concat!($namespace, $local));
            )+

            /// Every term of this module.
            pub const ALL: &[NamedNodeRef<'static>] = &[$($name),+];
        }
    };
}
pub(super) use terms;

terms! {
    /// Classes; what each means is its `rdfs:comment` in `ontology/isnad.ttl`.
    class, "isnad", "https://w3id.org/isnad/ontology#", {
        ENTITY = "Entity",
        AGENT = "Agent",
        PEOPLE = "People",
        PERSON = "Person",
        PERSON_GROUP = "PersonGroup",
        ORGANIZATION = "Organization",
        STATE_BODY = "StateBody",
        ARMED_GROUP = "ArmedGroup",
        MEDIA_ORGANIZATION = "MediaOrganization",
        RIGHTS_ORGANIZATION = "RightsOrganization",
        SPATIAL_THING = "SpatialThing",
        FACILITY = "Facility",
        PRISON = "Prison",
        DETENTION_CENTRE = "DetentionCentre",
        SECURITY_BRANCH = "SecurityBranch",
        COURT = "Court",
        MILITARY_BASE = "MilitaryBase",
        AIRPORT = "Airport",
        HOSPITAL = "Hospital",
        BARRACKS = "Barracks",
        CAMP = "Camp",
        MASS_GRAVE = "MassGrave",
        CHECKPOINT = "Checkpoint",
        POLICE_STATION = "PoliceStation",
        LOCATION = "Location",
        CITY = "City",
        REGION = "Region",
        COUNTRY = "Country",
        PLACE = "Place",
        NAMED_EVENT = "NamedEvent",
        NATIONALITY = "Nationality",
        WORK = "Work",
        PRODUCT = "Product",
        WEAPON = "Weapon",
        VEHICLE = "Vehicle",
        LAW = "Law",
        OTHER = "Other",
        EVENT = "Event",
        CUSTODY_EVENT = "CustodyEvent",
        ARREST = "Arrest",
        DETENTION = "Detention",
        TRANSFER = "Transfer",
        RELEASE = "Release",
        ESCAPE = "Escape",
        ABDUCTION = "Abduction",
        ENFORCED_DISAPPEARANCE = "EnforcedDisappearance",
        JUDICIAL_EVENT = "JudicialEvent",
        TRIAL = "Trial",
        CHARGE = "Charge",
        INVESTIGATION = "Investigation",
        SENTENCE = "Sentence",
        LOSS_OF_LIFE = "LossOfLife",
        DEATH = "Death",
        KILLING = "Killing",
        EXECUTION = "Execution",
        VIOLATION = "Violation",
        TORTURE = "Torture",
        SEXUAL_VIOLENCE = "SexualViolence",
        FORCED_WORK = "ForcedWork",
        INJURY = "Injury",
        ATTACK = "Attack",
        EXPLOSION = "Explosion",
        BOMBING = "Bombing",
        ARSON = "Arson",
        ROBBERY = "Robbery",
        CONTROL_CHANGE = "ControlChange",
        CAPTURE = "Capture",
        WITHDRAWAL = "Withdrawal",
        REGIME_FALL = "RegimeFall",
        MOVEMENT = "Movement",
        ASSEMBLY = "Assembly",
        GATHERING = "Gathering",
        DEMONSTRATION = "Demonstration",
        MEETING = "Meeting",
        SEARCH = "Search",
        BIRTH = "Birth",
        DESTRUCTION = "Destruction",
        COMMUNICATION = "Communication",
        THREAT = "Threat",
        STATEMENT = "Statement",
        PUBLICATION = "Publication",
        REFUSAL = "Refusal",
        DOCUMENT = "Document",
        CLAIM = "Claim",
        EVIDENCE = "Evidence",
        ATTRIBUTION = "Attribution",
        FIGURE = "Figure",
        LINK = "Link",
        HAPPENING = "Happening",
        CUSTODY_EPISODE = "CustodyEpisode",
        CUSTODY_STEP = "CustodyStep",
    }
}

terms! {
    /// Properties; what each means is its `rdfs:comment` in `ontology/isnad.ttl`.
    property, "isnad", "https://w3id.org/isnad/ontology#", {
        ROLE = "role",
        PERSON = "person",
        AGENT = "agent",
        FACILITY = "facility",
        PLACE = "place",
        ORIGIN = "origin",
        DESTINATION = "destination",
        INSTRUMENT = "instrument",
        REASON = "reason",
        CHARGE = "charge",
        BENEFICIARY = "beneficiary",
        ORGANIZATION = "organization",
        TARGET = "target",
        TOPIC = "topic",
        RELATION = "relation",
        LOCATED_IN = "locatedIn",
        MEMBER_OF = "memberOf",
        HEAD_OF = "headOf",
        WORKS_FOR = "worksFor",
        RELATIVE_OF = "relativeOf",
        RESIDES_IN = "residesIn",
        COMES_FROM = "comesFrom",
        CITIZEN_OF = "citizenOf",
        OPERATES = "operates",
        HELD_AT = "heldAt",
        RELEASED_FROM = "releasedFrom",
        TRANSFERRED_TO = "transferredTo",
        CAPTURED = "captured",
        POSSIBLY_SAME_AS = "possiblySameAs",
        ACCOUNT_OF = "accountOf",
        HAPPENED_TO = "happenedTo",
        COPY_OF = "copyOf",
        COPIED_SHARE = "copiedShare",
        COPIED_FROM = "copiedFrom",
        LINK_OF = "linkOf",
        LINK_STATE = "linkState",
        LINK_ODDS = "linkOdds",
        LINK_REASON = "linkReason",
        MERGED_INTO = "mergedInto",
        SET_APART_FROM = "setApartFrom",
        ONLY_IN = "onlyIn",
        NAME = "name",
        ALIAS = "alias",
        NICKNAME = "nickname",
        AGE = "age",
        GIVEN_NAME = "givenName",
        FAMILY_NAME = "familyName",
        PATRONYMIC = "patronymic",
        NISBA = "nisba",
        KUNYA = "kunya",
        TOLD_EARLIEST = "toldEarliest",
        TOLD_LATEST = "toldLatest",
        OCCUPATION = "occupation",
        TITLE = "title",
        POSITION = "position",
        DESCRIPTION = "description",
        GEONAMES_ID = "geonamesId",
        GAZETTEER_SOURCE = "gazetteerSource",
        PLACE_SCORE = "placeScore",
        GAZETTEER_CANDIDATE = "gazetteerCandidate",
        EVIDENCE = "evidence",
        CONFIDENCE = "confidence",
        CONTAINS = "contains",
        RULE = "rule",
        FOUND_BY = "foundBy",
        POLARITY = "polarity",
        MODALITY = "modality",
        ATTRIBUTION = "attribution",
        SOURCE = "source",
        SOURCE_KIND = "sourceKind",
        CUE = "cue",
        ATTRIBUTION_KIND = "attributionKind",
        SOURCE_WORDS = "sourceWords",
        STANCE = "stance",
        VIA = "via",
        EARLIEST = "earliest",
        LATEST = "latest",
        TIME_BASIS = "timeBasis",
        DURATION_AT_LEAST = "durationAtLeast",
        DURATION_AT_MOST = "durationAtMost",
        DURATION_TEXT = "durationText",
        TRIGGER = "trigger",
        ACCOUNT = "account",
        SHA256 = "sha256",
        SOURCE_PATH = "sourcePath",
        READING = "reading",
        PUBLISHER_NAME = "publisherName",
        AUTHOR_NAME = "authorName",
        ENCODING = "encoding",
        PAGE = "page",
        PUBLISHED_EARLIEST = "publishedEarliest",
        PUBLISHED_LATEST = "publishedLatest",
        PUBLISHED_BASIS = "publishedBasis",
        PUBLISHED_EVIDENCE = "publishedEvidence",
        VALUE = "value",
        UPPER_VALUE = "upperValue",
        BOUND = "bound",
        UNIT = "unit",
        TEXT = "text",
        COUNTED = "counted",
        RATE = "rate",
        PART_OF = "partOf",
        FIGURE_EVENT = "figureEvent",
        FIGURE_PLACE = "figurePlace",
        PERIOD_EARLIEST = "periodEarliest",
        PERIOD_LATEST = "periodLatest",
        EPISODE_PERSON = "episodePerson",
        EPISODE_EVENT = "episodeEvent",
        OPEN_LIST = "openList",
        EPISODE_STEP = "episodeStep",
        EPISODE_ENDED = "episodeEnded",
        STEP_NUMBER = "stepNumber",
        STEP_KIND = "stepKind",
        STEP_EVENT = "stepEvent",
        STEP_SITE = "stepSite",
        STEP_BASIS = "stepBasis",
        GROUPING = "grouping",
        RESERVED = "reserved",
    }
}

terms! {
    /// Controlled values and their lists; `skos:notation` is the word of annotation lines.
    value, "isnad", "https://w3id.org/isnad/ontology#", {
        SCHEME_POLARITY = "scheme-polarity",
        POLARITY_POSITIVE = "polarity-positive",
        POLARITY_NEGATIVE = "polarity-negative",
        SCHEME_MODALITY = "scheme-modality",
        MODALITY_ACTUAL = "modality-actual",
        MODALITY_REPORTED_DOUBTFUL = "modality-reportedDoubtful",
        MODALITY_PLANNED = "modality-planned",
        MODALITY_AVERTED = "modality-averted",
        MODALITY_HYPOTHETICAL = "modality-hypothetical",
        SCHEME_STANCE = "scheme-stance",
        STANCE_ASSERTS = "stance-asserts",
        STANCE_DENIES = "stance-denies",
        STANCE_DOUBTS = "stance-doubts",
        SCHEME_RATE = "scheme-rate",
        RATE_HOUR = "rate-hour",
        RATE_DAY = "rate-day",
        RATE_WEEK = "rate-week",
        RATE_MONTH = "rate-month",
        RATE_YEAR = "rate-year",
        SCHEME_BOUND = "scheme-bound",
        BOUND_EXACT = "bound-exact",
        BOUND_ABOUT = "bound-about",
        BOUND_AT_LEAST = "bound-atLeast",
        BOUND_AT_MOST = "bound-atMost",
        BOUND_RANGE = "bound-range",
        BOUND_VAGUE = "bound-vague",
        SCHEME_ATTRIBUTION_KIND = "scheme-attributionKind",
        ATTRIBUTION_KIND_STATEMENT = "attributionKind-statement",
        ATTRIBUTION_KIND_REPORT = "attributionKind-report",
        ATTRIBUTION_KIND_ESTIMATE = "attributionKind-estimate",
        ATTRIBUTION_KIND_QUOTE = "attributionKind-quote",
        ATTRIBUTION_KIND_FOOTAGE = "attributionKind-footage",
        SCHEME_SOURCE_KIND = "scheme-sourceKind",
        SOURCE_KIND_NAMED = "sourceKind-named",
        SOURCE_KIND_UNNAMED = "sourceKind-unnamed",
        SOURCE_KIND_FOOTAGE = "sourceKind-footage",
        SOURCE_KIND_DOCUMENT = "sourceKind-document",
        SCHEME_TIME_BASIS = "scheme-timeBasis",
        TIME_BASIS_METADATA = "timeBasis-metadata",
        TIME_BASIS_DATELINE = "timeBasis-dateline",
        TIME_BASIS_STATED = "timeBasis-stated",
        TIME_BASIS_INFERRED = "timeBasis-inferred",
    }
}
