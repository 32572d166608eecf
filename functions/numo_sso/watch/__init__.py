"""What is watched beside the requests themselves: the hours, the schools, the door from outside."""
