"""Lists of applications, households and equipment as real offices send them: read, understood, checked."""
