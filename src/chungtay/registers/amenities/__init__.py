"""Roads, lamps, cameras, loudspeakers, houses: where they are, how large, in what state, since when.

A thing is an `Asset`; what is said of it stands in `Description`s, which only grow: a change holds from its day, a
correction from the day of what it corrects. Cameras are kept as things with an owner, a purpose and a notice sign,
never as pictures. Borders stand here only where an office brought them, with source and day.

`kinds` what there is and what is told of each · `reading` exact values out of text and JSON · `measures` which figures
the register gives, as one table · `policies` what cannot be meant · `queries` reads · `actions` deeds · `schedules`
what a loudspeaker says and when · `intake` files of maps on their way in · `feeding` what goes into figures.
"""
