"""What needs a person: pages and files that could not be read, copies that cannot count yet, what came twice."""
