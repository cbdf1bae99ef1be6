"""Roads, lamps, cameras, loudspeakers, houses: where they are, how large, in what state, since when."""
