using 'main.bicep'

// Every value comes from the azd environment ('azd env set NAME VALUE') or from the shell. None is a secret: those go to the vault alone.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'orchestrator')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param operatorPrincipalId = readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')
param operatorPrincipalType = readEnvironmentVariable('AZURE_PRINCIPAL_TYPE', 'User')

// Without one the deployment is refused; this default only lets the file compile.
param signInClientId = readEnvironmentVariable('SIGN_IN_CLIENT_ID', '00000000-0000-0000-0000-000000000000')

param stripeMode = readEnvironmentVariable('STRIPE_MODE', 'test')
param mailDataLocation = readEnvironmentVariable('MAIL_DATA_LOCATION', 'Europe')
param mailSender = readEnvironmentVariable('MAIL_SENDER', '')
param verifiedMailDomainIds = filter(split(readEnvironmentVariable('VERIFIED_MAIL_DOMAIN_IDS', ''), ','), one => !empty(one))
param teams = bool(readEnvironmentVariable('TEAMS', 'true'))
param modelAddress = readEnvironmentVariable('MODEL_ADDRESS', '')
param modelName = readEnvironmentVariable('MODEL_NAME', '')
param mailboxAddress = readEnvironmentVariable('MAILBOX_ADDRESS', '')
param mailboxTenantId = readEnvironmentVariable('MAILBOX_TENANT_ID', '')
param mailboxClientId = readEnvironmentVariable('MAILBOX_CLIENT_ID', '')
param policyFile = readEnvironmentVariable('POLICY_FILE', '')

param privateEndpoints = bool(readEnvironmentVariable('PRIVATE_ENDPOINTS', 'false'))
param operatorAddresses = filter(split(readEnvironmentVariable('OPERATOR_ADDRESSES', ''), ','), one => !empty(one))
param publicWeb = bool(readEnvironmentVariable('PUBLIC_WEB', 'true'))
param fixedOutboundAddress = bool(readEnvironmentVariable('FIXED_OUTBOUND_ADDRESS', 'false'))
param networkPrefix = readEnvironmentVariable('NETWORK_PREFIX', '10.90.0.0/24')

param durableTaskScheduler = bool(readEnvironmentVariable('DURABLE_TASK_SCHEDULER', 'false'))
param durableTaskSchedulerSku = readEnvironmentVariable('DURABLE_TASK_SCHEDULER_SKU', 'Consumption')

param storageSku = readEnvironmentVariable('STORAGE_SKU', 'Standard_ZRS')
param instanceMemory = int(readEnvironmentVariable('INSTANCE_MEMORY', '2048'))
param maximumInstances = int(readEnvironmentVariable('MAXIMUM_INSTANCES', '40'))
param alwaysReady = int(readEnvironmentVariable('ALWAYS_READY', '0'))

param alertMailTo = filter(split(readEnvironmentVariable('ALERT_MAIL_TO', ''), ','), one => !empty(one))
param logRetentionDays = int(readEnvironmentVariable('LOG_RETENTION_DAYS', '90'))
