resource "aws_iam_account_password_policy" "staff" {
  minimum_password_length = 8
}
