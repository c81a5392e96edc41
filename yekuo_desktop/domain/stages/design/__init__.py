"""Stage 3, 受电工程设计审查: four sets of drawings, the departments' review, one sealed opinion a round."""
