"""What a place has: amenities with their geometry (roads, lamps, cameras, houses), and its livelihood (groups, codes).

It knows things and their lives in time, and pushes counted and measured figures down to `figures`. It does not know
who paid for them (`works` above adds what it built), nor who may see a page.
"""
