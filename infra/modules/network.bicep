@description('The Azure region.')
param location string

@description('The ending that makes names unique.')
param token string

@description('Tags of every resource.')
param tags object

@description('The network, at least a /24.')
param addressPrefix string

@description('Whether everything that the app sends leaves from one fixed public address.')
param fixedOutboundAddress bool

resource outboundAddress 'Microsoft.Network/publicIPAddresses@2025-09-01' = if (fixedOutboundAddress) {
  name: 'pip-${token}'
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}

resource gateway 'Microsoft.Network/natGateways@2025-09-01' = if (fixedOutboundAddress) {
  name: 'ng-${token}'
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: {
    publicIpAddresses: [{ id: outboundAddress.id }]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2025-09-01' = {
  name: 'vnet-${token}'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [addressPrefix] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 26, 0)
          // Without this or a gateway a new subnet reaches no address outside, and so neither Stripe nor Teams.
          defaultOutboundAccess: !fixedOutboundAddress
          natGateway: fixedOutboundAddress ? { id: gateway.id } : null
          delegations: [
            {
              name: 'flex-consumption'
              properties: { serviceName: 'Microsoft.App/environments' }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 26, 1)
          defaultOutboundAccess: false
          privateEndpointNetworkPolicies: 'Disabled'
        }
      }
    ]
  }

  resource app 'subnets' existing = { name: 'app' }

  resource endpoints 'subnets' existing = { name: 'endpoints' }
}

@description('The network, for private DNS.')
output networkId string = network.id

@description('Where the app sends from.')
output appSubnetId string = network::app.id

@description('Where private endpoints are.')
output endpointSubnetId string = network::endpoints.id

@description('The fixed address that Stripe sees, or nothing.')
output outboundAddress string = fixedOutboundAddress ? outboundAddress!.properties.ipAddress : ''
