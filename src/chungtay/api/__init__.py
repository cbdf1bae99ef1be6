"""What machines read: the public tables and records as JSON, described by OpenAPI 3.1.

`app` the API itself: errors, how every answer is headed · `limits` how often one may ask · `shapes` what is answered ·
`reading` what addresses share · `tables` `places` `records` the addresses · `examples` one asking of each that works on
every site, tried in a test · `docs` the page for people. Nothing is written here, nobody signs in, any site may ask.
"""
