// The tables of `data/gazetteer`. Compiled twice: as `isnad::gazetteer::tables` and, by path,
// into `build.rs`.

/// What a name is to its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u32)]
pub enum NameRole {
    /// The usual name.
    Primary = 0,
    /// Another name or spelling.
    Alternate = 1,
    /// The name of the town a facility is called by; a facility only where the context says so.
    Town = 2,
    /// A nickname ("human slaughterhouse").
    Nickname = 3,
    /// The adjective or people of a country ("Syrian").
    Demonym = 4,
    /// An acronym, compared with its case.
    Acronym = 5,
    /// A short form that names a region only behind one of its places ("Paris, Tex.").
    Abbreviation = 6,
}

/// Where the role stands in a posting.
pub const ROLE_SHIFT: u32 = 28;
/// The part of a posting that is the row's number.
pub const ROW_MASK: u32 = (1 << ROLE_SHIFT) - 1;

/// One file of `data/gazetteer`.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Prefix of its keys.
    pub prefix: &'static str,
    /// Column that holds the id.
    pub id: &'static str,
    /// Entity type of its rows.
    pub kind: &'static str,
}

/// The table of facilities; a user's own file has the same columns.
pub const FACILITIES: Table = Table { prefix: "facility", id: "id", kind: "Facility" };

/// One row: the packed entry, and its names.
#[derive(Debug)]
pub struct Row {
    /// Fields in the order of [`FIELDS`], separated by tabs.
    pub entry: String,
    /// Names with their roles.
    pub names: Vec<(String, NameRole)>,
}

/// Fields of a packed entry. The first two are made here: the key (`geonames:170654`) and the type.
pub const FIELDS: [&str; 12] = [
    "key",
    "type",
    "name",
    "kind",
    "latitude",
    "longitude",
    "population",
    "country",
    "region",
    "geonames",
    "operator",
    "city",
];

const NAMES: [(&str, NameRole); 9] = [
    ("name", NameRole::Primary),
    ("acronym", NameRole::Acronym),
    ("alternates", NameRole::Alternate),
    ("arabic", NameRole::Alternate),
    ("town_alternates", NameRole::Town),
    ("nicknames", NameRole::Nickname),
    ("demonyms", NameRole::Demonym),
    ("iso3", NameRole::Acronym),
    ("abbreviations", NameRole::Abbreviation),
];

/// Reads a table; an error says the line and what is wrong with it.
pub fn parse(table: Table, text: &str) -> Result<Vec<Row>, String> {
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let Some((_, header)) = lines.next() else { return Err("the table has no header line".to_owned()) };
    let columns: Vec<&str> = header.split('\t').map(str::trim).collect();
    let column = |name: &str| columns.iter().position(|column| *column == name);
    let id = column(table.id).ok_or_else(|| format!("line 1: there is no column `{}`", table.id))?;
    if column("name").is_none() {
        return Err("line 1: there is no column `name`".to_owned());
    }
    let mut rows = Vec::new();
    for (number, line) in lines {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        if cells.len() > columns.len() {
            return Err(format!("line {}: {} cells under {} columns", number + 1, cells.len(), columns.len()));
        }
        let cell = |name: &str| column(name).and_then(|at| cells.get(at).copied()).unwrap_or_default();
        let key = cells.get(id).copied().unwrap_or_default();
        if key.is_empty() || cell("name").is_empty() {
            return Err(format!("line {}: a row needs `{}` and `name`", number + 1, table.id));
        }
        for name in ["latitude", "longitude"] {
            if !cell(name).is_empty() && cell(name).parse::<f64>().is_err() {
                return Err(format!("line {}: `{}` is not a {name} in degrees", number + 1, cell(name)));
            }
        }
        let mut fields = vec![format!("{}:{key}", table.prefix), table.kind.to_owned()];
        // A site's coordinates count only where their source is sure of them.
        let unsure = column("coordinate_confidence").is_some() && cell("coordinate_confidence") != "high";
        for field in &FIELDS[2..] {
            let value = match *field {
                "latitude" | "longitude" if unsure => "",
                "region" if table.kind == "City" => cell("admin1"),
                "country" if table.kind == "Country" => cell("iso2"),
                "city" if table.kind == "Country" => cell("capital"),
                "operator" => {
                    if cell("operator_name").is_empty() {
                        cell("operator")
                    } else {
                        cell("operator_name")
                    }
                }
                other => cell(other),
            };
            fields.push(value.to_owned());
        }
        let mut names: Vec<(String, NameRole)> = Vec::new();
        for (name, role) in NAMES {
            let parts = cell(name).split('|').map(str::trim).filter(|part| !part.is_empty());
            for part in parts {
                // "US" and the like are words when folded: compared with their case.
                let short = table.kind == "Country"
                    && part.len() <= 4
                    && part.chars().all(|letter| letter.is_ascii_uppercase() || letter == '.');
                let role = if short { NameRole::Acronym } else { role };
                names.push((part.to_owned(), role));
            }
        }
        rows.push(Row { entry: fields.join("\t"), names });
    }
    Ok(rows)
}
