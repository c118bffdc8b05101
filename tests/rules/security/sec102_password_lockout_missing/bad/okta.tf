resource "okta_policy_password" "all" {
  name                          = "Everyone"
  password_min_length           = 10
  password_max_lockout_attempts = 0
}
