drop view policy_targets;
