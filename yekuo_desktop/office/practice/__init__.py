"""演练: the practice county, its people, its customers, and how their cases go on."""
