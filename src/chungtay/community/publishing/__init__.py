"""What the people are told: news, notices, and the record of what was posted where, from when to when."""
