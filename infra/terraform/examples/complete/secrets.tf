# The passwords of the user "operator", for the actuator and for the console. The secret is created without a value, so that no password
# is in Terraform's state; README.md has the command that sets it.
resource "aws_secretsmanager_secret" "operator" {
  count = var.operator_secret_arn == null ? 1 : 0

  name                    = "${var.name}/operator"
  description             = "Passwords of Attaché's user operator: a JSON object with actuator and console"
  recovery_window_in_days = var.deletable ? 0 : 30
}
