"""The road to recognition of one place for one title: procedure, registration, dossier, steps, council, decision."""
