"""Tables, gathered in `recognition.models`."""
