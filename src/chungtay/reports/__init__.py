"""What is reported: periodic reports with their annex tables, frozen at the cut-off, and stories drafted from records.

Every figure of a report leads back to the records it comes from; nothing is typed in.
"""
