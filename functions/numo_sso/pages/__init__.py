"""What people see: the words of every outcome, and the pages that carry them."""
