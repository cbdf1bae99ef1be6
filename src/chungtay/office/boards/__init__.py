"""Screens of many places at once, for communes, provinces and the nation. All that is asked for is in the address."""
