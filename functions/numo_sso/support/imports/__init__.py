"""A school's file into its roster."""
