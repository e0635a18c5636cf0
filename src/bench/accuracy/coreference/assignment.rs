//! The heaviest pairing of rows with columns, each at most once (Kuhn 1955, Munkres 1957).

use std::collections::BTreeMap;

use petgraph::unionfind::UnionFind;

/// The most that the weights of pairs (row, column, weight above 0) add up to if no row and no column is
/// taken twice. Rows and columns that no pair connects are solved apart from each other.
pub(super) fn heaviest(rows: usize, columns: usize, pairs: &[(usize, usize, f64)]) -> f64 {
    let mut connected = UnionFind::<usize>::new(rows + columns);
    for (row, column, _) in pairs {
        connected.union(*row, rows + column);
    }
    let mut components: BTreeMap<usize, Vec<(usize, usize, f64)>> = BTreeMap::new();
    for pair in pairs {
        components.entry(connected.find(pair.0)).or_default().push(*pair);
    }
    components.values().map(|pairs| heaviest_of(pairs)).sum()
}

/// As [`heaviest`], of one connected part.
fn heaviest_of(pairs: &[(usize, usize, f64)]) -> f64 {
    let numbered = |of: fn(&(usize, usize, f64)) -> usize| {
        let mut numbers = BTreeMap::new();
        for pair in pairs {
            let next = numbers.len();
            numbers.entry(of(pair)).or_insert(next);
        }
        numbers
    };
    let (rows, columns) = (numbered(|pair| pair.0), numbered(|pair| pair.1));
    // The method below wants at least as many columns as rows.
    let turned = rows.len() > columns.len();
    let (height, width) = (rows.len().min(columns.len()), rows.len().max(columns.len()));
    let mut weights = vec![vec![0.0; width]; height];
    for (row, column, weight) in pairs {
        let (row, column) = (rows[row], columns[column]);
        let (row, column) = if turned { (column, row) } else { (row, column) };
        weights[row][column] = *weight;
    }
    let taken = assignment(&weights, width);
    taken.iter().enumerate().map(|(row, column)| weights[row][*column]).sum()
}

/// The column of each row in the heaviest pairing, found by augmenting along the shortest paths under
/// potentials: O(rows² · columns). There are at least as many columns as rows.
fn assignment(weights: &[Vec<f64>], columns: usize) -> Vec<usize> {
    let rows = weights.len();
    // Column 0 stands for the row that is being placed; rows and columns count from 1.
    let (mut of_row, mut of_column) = (vec![0.0; rows + 1], vec![0.0; columns + 1]);
    let mut row_at = vec![0; columns + 1];
    for row in 1..=rows {
        row_at[0] = row;
        let mut slack = vec![f64::INFINITY; columns + 1];
        let mut before = vec![0; columns + 1];
        let mut reached = vec![false; columns + 1];
        let mut column = 0;
        while row_at[column] != 0 {
            reached[column] = true;
            let from = row_at[column];
            let (mut step, mut next) = (f64::INFINITY, 0);
            for to in (1..=columns).filter(|&to| !reached[to]) {
                let reduced = -weights[from - 1][to - 1] - of_row[from] - of_column[to];
                if reduced < slack[to] {
                    (slack[to], before[to]) = (reduced, column);
                }
                if slack[to] < step {
                    (step, next) = (slack[to], to);
                }
            }
            for to in 0..=columns {
                if reached[to] {
                    of_row[row_at[to]] += step;
                    of_column[to] -= step;
                } else {
                    slack[to] -= step;
                }
            }
            column = next;
        }
        while column != 0 {
            row_at[column] = row_at[before[column]];
            column = before[column];
        }
    }
    let mut taken = vec![0; rows];
    for column in 1..=columns {
        if row_at[column] != 0 {
            taken[row_at[column] - 1] = column - 1;
        }
    }
    taken
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::heaviest;

    /// Tries every pairing.
    fn by_trying(rows: usize, pairs: &[(usize, usize, f64)], taken: &mut Vec<usize>) -> f64 {
        let Some(row) = rows.checked_sub(1) else { return 0.0 };
        let mut best = by_trying(row, pairs, taken);
        for (_, column, weight) in pairs.iter().filter(|pair| pair.0 == row) {
            if !taken.contains(column) {
                taken.push(*column);
                best = best.max(weight + by_trying(row, pairs, taken));
                taken.pop();
            }
        }
        best
    }

    #[test]
    fn the_greedy_choice_is_not_always_the_best() {
        assert_eq!(heaviest(2, 2, &[(0, 0, 3.0), (0, 1, 2.0), (1, 0, 2.0)]), 4.0);
        assert_eq!(heaviest(3, 1, &[(0, 0, 1.0), (1, 0, 5.0), (2, 0, 2.0)]), 5.0);
        assert_eq!(heaviest(2, 3, &[(1, 2, 0.5)]), 0.5);
        assert_eq!(heaviest(0, 0, &[]), 0.0);
    }

    proptest! {
        #[test]
        fn it_is_what_trying_everything_finds(
            weights in prop::collection::btree_map((0..5_usize, 0..6_usize), 1..20_u8, 0..20),
        ) {
            let pairs: Vec<(usize, usize, f64)> =
                weights.into_iter().map(|((row, column), weight)| (row, column, f64::from(weight))).collect();
            prop_assert_eq!(heaviest(5, 6, &pairs), by_trying(5, &pairs, &mut Vec::new()));
        }
    }
}
