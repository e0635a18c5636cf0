//! Dumps of GeoNames for one country: nineteen columns, separated by tabs, without a header.

use super::tables::{NameRole, Row};

const COLUMNS: usize = 19;

/// Whether a text begins like a dump: a number, and as many columns.
pub(super) fn is_dump(text: &str) -> bool {
    let first: Vec<&str> = text.lines().next().unwrap_or_default().split('\t').collect();
    first.len() == COLUMNS && first[0].parse::<u64>().is_ok()
}

/// Reads a dump; an error says the line and what is wrong with it. Places of classes that reports seldom name (roads,
/// buildings, the sea floor, forests) are left out, and so are countries, which are known.
pub(super) fn parse(text: &str) -> Result<Vec<Row>, String> {
    let mut rows = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
        let malformed = |problem: String| format!("line {}: {problem}", number + 1);
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let &[id, name, ascii, alternates, latitude, longitude, class, code, country, ..] = &cells[..] else {
            return Err(malformed(format!("{} cells, where a dump of GeoNames has {COLUMNS}", cells.len())));
        };
        if cells.len() != COLUMNS || id.parse::<u64>().is_err() || name.is_empty() {
            return Err(malformed("this is no row of a dump of GeoNames".to_owned()));
        }
        for (degrees, what) in [(latitude, "latitude"), (longitude, "longitude")] {
            if degrees.parse::<f64>().is_err() {
                return Err(malformed(format!("`{degrees}` is not a {what} in degrees")));
            }
        }
        let kind = match (class, code) {
            ("P", _) => "City",
            ("A", "PCLI" | "PCL" | "PCLD" | "PCLF" | "PCLS") => continue,
            ("A", _) => "Region",
            ("H" | "L" | "T", _) => "Place",
            _ => continue,
        };
        let population = cells[14];
        let entry =
            [&format!("geonames:{id}"), kind, name, code, latitude, longitude, population, country, "", "", "", ""];
        let mut names = vec![(name.to_owned(), NameRole::Primary)];
        let others = alternates.split(',').chain([ascii]).filter(|other| !other.is_empty() && *other != name);
        names.extend(others.map(|other| (other.to_owned(), NameRole::Alternate)));
        rows.push(Row { entry: entry.join("\t"), names });
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use crate::gazetteer::Gazetteer;
    use crate::model::EntityType;

    const DUMP: &str = "900001\tAl Qaryah\tAl Qaryah\tQarya,القرية\t35.5\t36.6\tP\tPPL\tSY\t\t12\t\t\t\t0\t\t400\tAsia/Damascus\t2020-01-01\n\
                        900002\tRoad\tRoad\t\t35.5\t36.6\tR\tRD\tSY\t\t12\t\t\t\t0\t\t\tAsia/Damascus\t2020-01-01\n";

    #[test]
    fn villages_of_a_dump_are_places_and_no_evidence_of_a_name() {
        let mut gazetteer = Gazetteer::new();
        assert_eq!(gazetteer.add("SY.txt", DUMP), Ok(1), "a road is none");
        let hits = gazetteer.places("qarya");
        let village = hits.iter().find(|hit| hit.entry.key == "geonames:900001").expect("it was added");
        assert_eq!((village.entry.kind, village.entry.latitude), (EntityType::City, Some(35.5)));
        assert_eq!(village.entry.country.as_deref(), Some("SY"));
        assert!(gazetteer.lookup("Qarya").iter().all(|hit| hit.entry.key != "geonames:900001"));
        assert_eq!(gazetteer.by_key("geonames:900001").map(|entry| entry.name), Some("Al Qaryah".to_owned()));
    }

    #[test]
    fn a_bad_row_is_named() {
        for (bad, said) in [
            (DUMP.replace("900002", "x"), "line 2: this is no row"),
            (DUMP.replace("36.6\tR", "east\tR"), "line 2: `east` is not a longitude"),
            (format!("{DUMP}900003\tTown\n"), "line 3: 2 cells"),
        ] {
            let error = Gazetteer::new().add("SY.txt", &bad).expect_err("a bad row").to_string();
            assert!(error.contains("SY.txt: ") && error.contains(said), "{error}");
        }
    }
}
