//! The shape of an annotation line in JSON.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::model::{
    AttributionKind, Basis, Bound, EntityType, Gender, GrammaticalNumber, MentionForm, Modality, Polarity, Rate,
    Reading, SourceKind, Stance, TimeKind,
};

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Wire {
    pub format: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading: Option<Reading>,
    pub document: WireDocument,
    #[serde(default)]
    pub sentences: Vec<(usize, usize)>,
    #[serde(default)]
    pub tokens: Vec<WireToken>,
    #[serde(default)]
    pub mentions: Vec<WireMention>,
    #[serde(default)]
    pub entities: Vec<WireEntity>,
    #[serde(default)]
    pub times: Vec<WireTime>,
    #[serde(default)]
    pub events: Vec<WireEvent>,
    #[serde(default)]
    pub relations: Vec<WireRelation>,
    #[serde(default)]
    pub figures: Vec<WireFigure>,
    #[serde(default)]
    pub attributions: Vec<WireAttribution>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct WireDocument {
    pub id: String,
    pub source: String,
    #[serde(default)]
    pub sha256: String,
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub published: Option<WireInterval>,
    #[serde(default)]
    pub publisher: Option<String>,
    #[serde(default)]
    pub url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<WirePage>,
    #[serde(default)]
    pub language: Option<String>,
    pub text: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct WirePage {
    pub page: usize,
    pub start: usize,
    pub end: usize,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct WireInterval {
    #[serde(default)]
    pub earliest: Option<String>,
    #[serde(default)]
    pub latest: Option<String>,
    #[serde(default = "stated")]
    pub basis: Basis,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
}

fn stated() -> Basis {
    Basis::Stated
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct WireSpan {
    pub start: usize,
    pub end: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct WireToken {
    pub start: usize,
    pub end: usize,
    #[serde(default, skip_serializing_if = "SmolStr::is_empty")]
    pub lemma: SmolStr,
    #[serde(default, skip_serializing_if = "SmolStr::is_empty")]
    pub tag: SmolStr,
    #[serde(default, skip_serializing_if = "SmolStr::is_empty")]
    pub pos: SmolStr,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<usize>,
    #[serde(default, skip_serializing_if = "SmolStr::is_empty")]
    pub dep: SmolStr,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct WireMention {
    pub id: String,
    pub start: usize,
    pub end: usize,
    pub text: String,
    #[serde(rename = "type")]
    pub kind: EntityType,
    pub form: MentionForm,
    #[serde(default)]
    pub entity: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<WireSpan>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<GrammaticalNumber>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gender: Option<Gender>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub layers: Vec<(SmolStr, f64)>,
    #[serde(default)]
    pub confidence: Option<f64>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct WirePlace {
    #[serde(default)]
    pub geonames: Option<u64>,
    #[serde(default)]
    pub latitude: Option<f64>,
    #[serde(default)]
    pub longitude: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WireEntity {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: EntityType,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtype: Option<String>,
    pub name: String,
    #[serde(default = "yes")]
    pub named: bool,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gazetteer: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canonical: Option<String>,
    #[serde(default)]
    pub attributes: BTreeMap<String, Vec<String>>,
    /// Where each value of `attributes` stands, in the same order.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attribute_evidence: BTreeMap<String, Vec<(usize, usize)>>,
    #[serde(default)]
    pub place: Option<WirePlace>,
}

fn yes() -> bool {
    true
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct WireTime {
    pub id: String,
    pub start: usize,
    pub end: usize,
    pub text: String,
    #[serde(rename = "type")]
    pub kind: TimeKind,
    #[serde(default)]
    pub value: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<WireInterval>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<WireLength>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct WireLength {
    #[serde(default)]
    pub least: Option<u32>,
    #[serde(default)]
    pub most: Option<u32>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct WireEvent {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    pub trigger: WireSpan,
    #[serde(default)]
    pub evidence: Option<WireSpan>,
    pub polarity: Polarity,
    pub modality: Modality,
    #[serde(default)]
    pub time: Option<WireInterval>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<String>,
    #[serde(default)]
    pub arguments: Vec<WireArgument>,
    #[serde(default)]
    pub attribution: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    #[serde(default)]
    pub confidence: Option<f64>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct WireArgument {
    pub role: String,
    pub entity: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub open: bool,
    #[serde(default)]
    pub mention: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    #[serde(default)]
    pub confidence: Option<f64>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct WireRelation {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub subject: String,
    pub object: String,
    pub evidence: WireSpan,
    pub polarity: Polarity,
    pub modality: Modality,
    #[serde(default)]
    pub attribution: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    #[serde(default)]
    pub confidence: Option<f64>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WireFigure {
    pub id: String,
    pub start: usize,
    pub end: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(default)]
    pub evidence: Option<WireSpan>,
    /// Further sentences that give the same figure.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repeated: Vec<(usize, usize)>,
    #[serde(default)]
    pub value: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upper: Option<i64>,
    pub bound: Bound,
    pub unit: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counted: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<Rate>,
    #[serde(default)]
    pub part_of: Option<String>,
    #[serde(default)]
    pub event: Option<String>,
    #[serde(default)]
    pub place: Option<String>,
    #[serde(default)]
    pub period: Option<WireInterval>,
    #[serde(default = "actual")]
    pub modality: Modality,
    #[serde(default)]
    pub attribution: Vec<String>,
    #[serde(default)]
    pub confidence: Option<f64>,
}

fn actual() -> Modality {
    Modality::Actual
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WireAttribution {
    pub id: String,
    #[serde(default)]
    pub source: Option<String>,
    pub source_kind: SourceKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_words: Option<WireSpan>,
    pub cue: WireSpan,
    pub kind: AttributionKind,
    #[serde(default = "asserts")]
    pub stance: Stance,
    #[serde(default)]
    pub via: Option<String>,
    pub content: WireSpan,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    #[serde(default)]
    pub confidence: Option<f64>,
}

fn asserts() -> Stance {
    Stance::Asserts
}
