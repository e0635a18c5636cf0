//! Happenings: which events of several documents are accounts of one.
//!
//! Events are not merged: every document's account keeps its own words, days and places, so that what differs stays beside
//! each other. Accounts are of one happening where they are of one kind and share whom it can befall only once, or share
//! somebody or some place and tell days that agree, or a name in what it is called ("the Assad regime"), or share two who take part and contradict each other in nothing
//! (`data/link/happenings.toml`). One document has one account of a happening, unless it is one that befalls somebody
//! once.

mod record;
mod rules;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

pub use record::{EventRecord, records};
use rules::{Rule, Rules};

use crate::claims::iri;

/// Accounts with a filler in common that are all held against each other; of more, only those near in time.
const LARGEST_BLOCK: usize = 64;
/// Accounts after one in time that it is held against where there are many.
const NEAR: usize = 16;
/// Days that an account may leave open for its time to tell anything.
const WIDEST: i32 = 31;
/// Roles in which accounts of one happening do not name different things. Of places cities are compared: a city lies in
/// a region.
const TELLING: &[(&str, &str)] = &[("person", "person/"), ("facility", "facility/"), ("place", "city/")];

/// One happening that several documents have accounts of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// IRI of its node.
    pub iri: String,
    /// Nodes of the events, in order.
    pub accounts: Vec<String>,
    /// IRIs in the graph of those that accounts share, by which it was known.
    pub shared: BTreeSet<String>,
}

/// An account, with the IRIs that its fillers have in the graph.
struct Account<'r> {
    document: usize,
    rule: usize,
    record: &'r EventRecord,
    fillers: Vec<(&'r str, &'r str)>,
}

/// Why two accounts are of one happening, the strongest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tie {
    /// It befalls one once.
    Once,
    /// What it befalls has a name in common.
    Word,
    /// The days agree.
    Days,
    /// Two who take part.
    Two,
}

/// The happenings that the events of more than one of `documents` are accounts of; `iri` gives the IRI in the graph of
/// an entity of a document by that in the document.
///
/// ```
/// use isnad::link::happenings::{EventRecord, happenings};
/// let capture = |node: &str, day: &str| EventRecord {
///     node: node.to_owned(),
///     kind: "Capture".to_owned(),
///     fillers: vec![("place".to_owned(), "urn:id/city/hama".to_owned())],
///     days: Some((day.parse().unwrap(), day.parse().unwrap())),
/// };
/// let documents = [
///     vec![capture("urn:one", "2024-12-05")],
///     vec![capture("urn:two", "2024-12-05"), capture("urn:three", "2016-01-02")],
/// ];
/// let found = happenings(&documents.each_ref().map(Vec::as_slice), &|_, local| local);
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].accounts, ["urn:one", "urn:two"]);
/// ```
pub fn happenings<'r>(documents: &[&'r [EventRecord]], iri: &dyn Fn(usize, &'r str) -> &'r str) -> Vec<Happening> {
    let rules = Rules::embedded();
    let mut accounts: Vec<Account<'r>> = Vec::new();
    for (document, records) in documents.iter().enumerate() {
        for record in *records {
            let Some(rule) = rules.of(&record.kind) else { continue };
            let fillers = record.fillers.iter().map(|(role, local)| (role.as_str(), iri(document, local))).collect();
            accounts.push(Account { document, rule, record, fillers });
        }
    }
    // The order of documents does not matter.
    accounts.sort_by(|one, other| one.record.node.cmp(&other.record.node));
    accounts.dedup_by(|one, other| one.record.node == other.record.node);
    let mut ties: Vec<(Tie, i32, usize, usize)> = Vec::new();
    for block in blocks(&accounts, rules) {
        for (one, other) in pairs(&block, &accounts) {
            let (left, right) = (&accounts[one], &accounts[other]);
            if left.document != right.document
                && let Some((tie, gap)) = tie(left, right, &rules.list[left.rule])
            {
                ties.push((tie, gap, one.min(other), one.max(other)));
            }
        }
    }
    ties.sort_unstable();
    ties.dedup();
    let mut groups = Groups::new(&accounts, rules);
    for (tie, _, one, other) in ties {
        groups.join(one, other, tie, rules);
    }
    groups.happenings()
}

/// Accounts that share a filler, by the rule for them.
fn blocks(accounts: &[Account<'_>], rules: &Rules) -> Vec<Vec<usize>> {
    let mut blocks: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
    for (at, account) in accounts.iter().enumerate() {
        let rule = &rules.list[account.rule];
        let telling: BTreeSet<&str> =
            account.fillers.iter().filter(|(role, _)| is_telling(rule, role)).map(|(_, iri)| *iri).collect();
        for iri in telling {
            blocks.entry((account.rule, iri)).or_default().push(at);
        }
    }
    blocks.into_values().filter(|block| block.len() > 1).collect()
}

fn is_telling(rule: &Rule, role: &str) -> bool {
    role == "person" || role == record::WORD || rule.once.iter().chain(&rule.shared).any(|known| known == role)
}

fn pairs(block: &[usize], accounts: &[Account<'_>]) -> Vec<(usize, usize)> {
    let mut block = block.to_vec();
    let mut reach = block.len();
    if block.len() > LARGEST_BLOCK {
        block.sort_by_key(|&at| (accounts[at].record.days, at));
        reach = NEAR;
    }
    let after = |at: usize| block[at + 1..].iter().take(reach).copied();
    (0..block.len()).flat_map(|at| after(at).map(|other| (block[at], other)).collect::<Vec<_>>()).collect()
}

/// Why two accounts of one rule may be of one happening, and how many days they are apart.
fn tie(one: &Account<'_>, other: &Account<'_>, rule: &Rule) -> Option<(Tie, i32)> {
    let days = one.days().zip(other.days());
    let gap = days.map(|(one, other)| gap(one, other));
    let shared: BTreeSet<&(&str, &str)> = one.fillers.iter().filter(|filler| other.fillers.contains(filler)).collect();
    let shares = |roles: &[String]| shared.iter().any(|(role, _)| roles.iter().any(|known| known == role));
    if shares(&rule.once) {
        return Some((Tie::Once, gap.unwrap_or_default()));
    }
    let gap = match gap {
        Some(gap) if gap > rule.days => return None,
        gap if shares(&[record::WORD.to_owned()]) => return Some((Tie::Word, gap.unwrap_or_default())),
        Some(gap) if shares(&rule.shared) => return Some((Tie::Days, gap)),
        gap => gap.unwrap_or_default(),
    };
    let with_person = shared.iter().any(|(role, _)| *role == "person");
    (with_person && shared.len() > 1).then_some((Tie::Two, gap))
}

/// The days between two times; none where they overlap.
fn gap(one: (Date, Date), other: (Date, Date)) -> i32 {
    let between = |first: Date, last: Date| (last - first).get_days();
    between(one.1, other.0).max(between(other.1, one.0)).max(0)
}

impl Account<'_> {
    /// When it was, where that tells anything.
    fn days(&self) -> Option<(Date, Date)> {
        self.record.days.filter(|(first, last)| (*last - *first).get_days() <= WIDEST)
    }
}

/// What the accounts of one happening say together.
#[derive(Default)]
struct Group<'r> {
    members: BTreeSet<usize>,
    documents: BTreeSet<usize>,
    /// By role.
    fillers: HashMap<&'r str, BTreeSet<&'r str>>,
    days: Option<(Date, Date)>,
    /// Whom it befalls once, by every account.
    once: BTreeSet<&'r str>,
    shared: BTreeSet<&'r str>,
}

struct Groups<'a, 'r> {
    accounts: &'a [Account<'r>],
    of: Vec<usize>,
    groups: Vec<Group<'r>>,
}

impl<'a, 'r> Groups<'a, 'r> {
    fn new(accounts: &'a [Account<'r>], rules: &Rules) -> Self {
        let group = |(at, account): (usize, &Account<'r>)| {
            let mut fillers: HashMap<&str, BTreeSet<&str>> = HashMap::new();
            let once = |role: &str| rules.list[account.rule].once.iter().any(|known| known == role);
            for (role, iri) in &account.fillers {
                fillers.entry(role).or_default().insert(iri);
            }
            Group {
                members: BTreeSet::from([at]),
                documents: BTreeSet::from([account.document]),
                fillers,
                days: account.days(),
                once: account.fillers.iter().filter(|(role, _)| once(role)).map(|(_, iri)| *iri).collect(),
                shared: BTreeSet::new(),
            }
        };
        let groups = accounts.iter().enumerate().map(group).collect();
        Self { accounts, of: (0..accounts.len()).collect(), groups }
    }

    /// Puts two accounts into one group, unless what is known of the groups contradicts.
    fn join(&mut self, one: usize, other: usize, tie: Tie, rules: &Rules) {
        let (left, right) = (self.of[one], self.of[other]);
        let rule = &rules.list[self.accounts[one].rule];
        if left != right && self.can_be_one(left, right, tie, rule) {
            let (into, from) = if self.groups[left].members.len() < self.groups[right].members.len() {
                (right, left)
            } else {
                (left, right)
            };
            let Group { members, documents, fillers, days, once, shared } = std::mem::take(&mut self.groups[from]);
            members.iter().for_each(|&member| self.of[member] = into);
            let group = &mut self.groups[into];
            group.members.extend(members);
            group.documents.extend(documents);
            group.shared.extend(shared);
            group.once.retain(|iri| once.contains(iri));
            for (role, iris) in fillers {
                group.fillers.entry(role).or_default().extend(iris);
            }
            group.days = match (group.days, days) {
                (Some(one), Some(other)) => Some((one.0.min(other.0), one.1.max(other.1))),
                (one, other) => one.or(other),
            };
        }
        if self.of[one] == self.of[other] {
            let (one, other, into) = (&self.accounts[one], &self.accounts[other], self.of[one]);
            let both = one.fillers.iter().filter(|filler| other.fillers.contains(filler));
            let both = both.filter(|(role, _)| is_telling(rule, role));
            let entities = both.filter(|(role, _)| *role != record::WORD);
            self.groups[into].shared.extend(entities.map(|(_, iri)| *iri));
        }
    }

    fn can_be_one(&self, left: usize, right: usize, tie: Tie, rule: &Rule) -> bool {
        let (left, right) = (&self.groups[left], &self.groups[right]);
        // What befalls one once is one, however accounts differ; "A and B were killed" is not the death of both at once.
        if tie == Tie::Once {
            return !left.once.is_disjoint(&right.once);
        }
        if !left.documents.is_disjoint(&right.documents)
            || left.days.zip(right.days).is_some_and(|(one, other)| gap(one, other) > rule.days)
        {
            return false;
        }
        !TELLING.iter().any(|(role, folder)| {
            let of = |group: &Group<'r>| -> BTreeSet<&str> {
                let named = group.fillers.get(role).into_iter().flatten();
                named
                    .copied()
                    .filter(|iri| iri.rsplit_once("id/").is_some_and(|(_, local)| local.starts_with(folder)))
                    .collect()
            };
            let (one, other) = (of(left), of(right));
            !one.is_empty() && !other.is_empty() && one.is_disjoint(&other)
        })
    }

    fn happenings(self) -> Vec<Happening> {
        let several = self.groups.iter().filter(|group| group.documents.len() > 1 && !group.members.is_empty());
        let mut happenings: Vec<Happening> = several
            .map(|group| {
                let accounts: Vec<String> =
                    group.members.iter().map(|&at| self.accounts[at].record.node.clone()).collect();
                let shared = group.shared.iter().map(|iri| (*iri).to_owned()).collect();
                Happening { iri: iri::node("happening", &[&accounts[0]]), accounts, shared }
            })
            .collect();
        happenings.sort_by(|one, other| one.iri.cmp(&other.iri));
        happenings
    }
}

#[cfg(test)]
mod tests;
