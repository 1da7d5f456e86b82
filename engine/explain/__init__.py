"""Why a unit came out as it did: derivations as views over evaluations, read in plain words."""
