resource "aws_iam_account_password_policy" "staff" {
  max_password_age = var.days
}
