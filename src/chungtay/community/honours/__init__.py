"""Commendations, and the yearly titles of households and hamlets with their streaks.

Of households only the count and share that hold a title: there is no list of those without. A person is named only
with consent. `streaks` consecutive years, pure · `commending` `titling` deeds · `queries` reads.
"""
