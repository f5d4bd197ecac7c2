//! The Shapley value of a game that is known at every coalition.

/// Each player's share of v(all) − v(none).
///
/// `values[mask]` is the value of the coalition whose players are the bits of
/// `mask`. A player's share is his marginal value, averaged over all orders in
/// which the players can join: Σ s!(n − s − 1)!/n! · (v(S ∪ p) − v(S)).
pub(super) fn shapley(values: &[f64]) -> Vec<f64> {
    let players = values.len().trailing_zeros() as usize;
    let weights = weights(players);
    let marginal =
        |player: usize, mask: usize| weights[mask.count_ones() as usize] * (values[mask | 1 << player] - values[mask]);
    let without = |player: usize| (0..values.len()).filter(move |mask| mask >> player & 1 == 0);
    (0..players).map(|player| without(player).map(|mask| marginal(player, mask)).sum()).collect()
}

/// s!(n − s − 1)!/n! for each size s of a coalition.
fn weights(players: usize) -> Vec<f64> {
    let mut weight = 1.0 / players as f64;
    (0..players)
        .map(|size| {
            let own = weight;
            weight *= (size + 1) as f64 / (players - 1).saturating_sub(size) as f64;
            own
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_glove_game_is_shared_as_the_textbook_says() {
        // One left glove (player 0), two right ones (1 and 2): a pair is worth 1.
        let worth = |mask: usize| if mask & 1 == 1 && mask & 0b110 != 0 { 1.0 } else { 0.0 };
        let shares = shapley(&(0..8).map(worth).collect::<Vec<_>>());
        let expected = [2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0];
        assert!(shares.iter().zip(expected).all(|(share, right)| (share - right).abs() < 1e-15), "{shares:?}");
    }

    #[test]
    fn seven_players_share_what_all_are_worth() {
        let worth = |mask: usize| ((mask * 37 + 11) % 101) as f64;
        let values: Vec<f64> = (0..128).map(worth).collect();
        let sum: f64 = shapley(&values).iter().sum();
        assert!((sum - (values[127] - values[0])).abs() < 1e-12);
    }
}
