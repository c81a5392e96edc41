"""What every stage tab is made of: the frame, the queue, the case with its pages and acts."""
